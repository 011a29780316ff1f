package io.tollwatch.routing;

import io.tollwatch.health.Health;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Makes routers whose lots follow from a seed, so that what they are part of can be played again.
/// Stateless.
public final class SeededRouter {

  private SeededRouter() {}

  /// A router that draws from there.
  public static Router of(Health health, LongSupplier nanos, RandomGenerator lots) {
    TrackRecord record = new TrackRecord(nanos);
    return new Router(health, record, Roster.untouched(record), lots::nextDouble);
  }
}
