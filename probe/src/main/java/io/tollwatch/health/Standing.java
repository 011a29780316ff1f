package io.tollwatch.health;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import java.time.Instant;
import java.util.Optional;

/// How a breaker stands. Immutable.
///
/// @param since when it came to stand so
/// @param reason why, one line for people
/// @param who who ordered it; empty if it came by itself
/// @param until when it ends by itself: of an open one the earliest time of a probe, of an order
///   its expiry
/// @param reopenings how often it opened in a row without having been closed for good
/// @param share percentage of calls that go through
public record Standing(
    BreakerKey breaker,
    BreakerState state,
    Instant since,
    String reason,
    Optional<String> who,
    Optional<Instant> until,
    int reopenings,
    int share) {

  /// Whether calls go through as if there were no breaker.
  public boolean isClosed() {
    return state == BreakerState.CLOSED;
  }

  /// Of a breaker that has done nothing yet.
  static Standing unused(BreakerKey breaker, Instant now) {
    return new Standing(
        breaker,
        BreakerState.CLOSED,
        now,
        "nothing has happened yet",
        Optional.empty(),
        Optional.empty(),
        0,
        100);
  }

  /// As a change has left it.
  static Standing after(BreakerChange change) {
    return new Standing(
        change.breaker(),
        change.to(),
        change.at(),
        change.reason(),
        change.who(),
        change.until(),
        change.reopenings(),
        0);
  }

  /// In another state, by itself, without an end.
  Standing next(BreakerState other, Instant now, String why) {
    return new Standing(
        breaker, other, now, why, Optional.empty(), Optional.empty(), reopenings, share);
  }

  Standing by(Optional<String> orderer) {
    return new Standing(breaker, state, since, reason, orderer, until, reopenings, share);
  }

  Standing until(Instant end) {
    return new Standing(breaker, state, since, reason, who, Optional.of(end), reopenings, share);
  }

  Standing reopened(int times) {
    return new Standing(breaker, state, since, reason, who, until, times, share);
  }

  Standing withShare(int percentage) {
    return new Standing(breaker, state, since, reason, who, until, reopenings, percentage);
  }
}
