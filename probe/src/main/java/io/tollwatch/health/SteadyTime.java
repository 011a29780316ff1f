package io.tollwatch.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The time of day as it was at the start, carried on by a clock that never jumps: a breaker must
/// not stay open for an hour because somebody set the machine's clock back. Immutable.
final class SteadyTime implements InstantSource {

  private final Instant start;
  private final long startNanos;
  private final LongSupplier nanos;

  SteadyTime(InstantSource wall, LongSupplier nanos) {
    this.start = wall.instant();
    this.startNanos = nanos.getAsLong();
    this.nanos = nanos;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }
}
