package io.tollwatch.health;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Whether it is our own network that fails: several providers can't be reached in the same
/// seconds, and none can. With calls to one provider only nothing can be told. Holds a few numbers
/// for each provider. Thread-safe.
final class OwnNetwork {

  /// Failures further apart have nothing to do with each other.
  static final Duration SAME_TIME = Duration.ofSeconds(30);

  private static final int SEVERAL = 2;

  /// Of each provider: one call may meet a single bad address.
  private static final int CALLS = 2;

  private final Map<String, Seen> providers = new HashMap<>();
  private volatile Optional<Instant> since = Optional.empty();

  /// @param first of the failures in a row
  private record Seen(Instant reached, Instant first, Instant last, int inARow) {

    boolean isCut(Instant now) {
      return inARow >= CALLS && Duration.between(last, now).compareTo(SAME_TIME) <= 0;
    }
  }

  /// Since when it fails, until a provider is reached; empty if it does not.
  Optional<Instant> since() {
    return since;
  }

  /// Takes note of a call. Gives whether this shows that our network has begun to fail.
  synchronized boolean note(String provider, Sign sign, Instant now) {
    if (sign.reached()) {
      providers.put(provider, new Seen(now, Instant.MIN, Instant.MIN, 0));
      since = Optional.empty();
      return false;
    }
    if (sign != Sign.UNREACHED) {
      return false;
    }
    Seen seen =
        providers.getOrDefault(provider, new Seen(Instant.MIN, Instant.MIN, Instant.MIN, 0));
    boolean fresh =
        seen.inARow() == 0 || Duration.between(seen.last(), now).compareTo(SAME_TIME) > 0;
    providers.put(
        provider,
        new Seen(seen.reached(), fresh ? now : seen.first(), now, fresh ? 1 : seen.inARow() + 1));
    if (since.isPresent() || !fails(now)) {
      return false;
    }
    since = Optional.of(now);
    return true;
  }

  private boolean fails(Instant now) {
    Instant begun = Instant.MIN;
    int cut = 0;
    for (Seen each : providers.values()) {
      if (each.isCut(now)) {
        cut++;
        begun = each.first().isAfter(begun) ? each.first() : begun;
      }
    }
    Instant allFailSince = begun;
    return cut >= SEVERAL
        && providers.values().stream().noneMatch(each -> !each.reached().isBefore(allFailSince));
  }
}
