package io.tollwatch.health;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// A health that also gives each call a place at its provider, and denies leave where there is none
/// left: a channel's call then goes to the next provider. A call that goes to its provider in any
/// case has its place before it comes here, or is bounded by the provider's pool. Thread-safe.
public final class LimitedHealth implements Health {

  private final Health health;
  private final Function<String, Optional<Limits.Place>> places;

  /// @param places gives a place at a provider, empty if none is left
  public LimitedHealth(Health health, Function<String, Optional<Limits.Place>> places) {
    this.health = health;
    this.places = places;
  }

  @Override
  public Admission ask(BreakerKey key, Origin origin) {
    Optional<Limits.Place> place = places.apply(key.provider());
    if (place.isEmpty()) {
      return new Admission.Denied(BreakerState.CLOSED, "too many calls to it are under way");
    }
    return switch (health.ask(key, origin)) {
      case Admission.Granted(Permit permit) ->
          new Admission.Granted(new Placed(permit, place.get()));
      case Admission.Denied denied -> {
        place.get().close();
        yield denied;
      }
    };
  }

  @Override
  public Permit watch(BreakerKey key, Origin origin) {
    return health.watch(key, origin);
  }

  private record Placed(Permit permit, Limits.Place place) implements Permit {

    @Override
    public void settle(Verdict verdict, Duration took) {
      place.close();
      permit.settle(verdict, took);
    }

    @Override
    public void abandon() {
      place.close();
      permit.abandon();
    }
  }
}
