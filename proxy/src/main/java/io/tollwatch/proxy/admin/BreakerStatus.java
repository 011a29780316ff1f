package io.tollwatch.proxy.admin;

import io.tollwatch.health.Standing;
import java.time.Instant;

/// How a breaker stands, as JSON says it. Immutable.
///
/// @param rail the card brand, wallet or bank, or empty for all of the operation
/// @param since as an ISO instant
/// @param reason one line for people
/// @param who who ordered it, or empty
/// @param until when a probe may test it, or when the order expires, as an ISO instant, or empty
/// @param reopenings how often it opened in a row without having been closed for good
/// @param share percentage of calls that go through
public record BreakerStatus(
    String provider,
    String operation,
    String rail,
    String state,
    String since,
    String reason,
    String who,
    String until,
    int reopenings,
    int share) {

  /// As it stands.
  public static BreakerStatus of(Standing standing) {
    return new BreakerStatus(
        standing.breaker().provider(),
        standing.breaker().operation().word(),
        standing.breaker().rail().orElse(""),
        standing.state().word(),
        standing.since().toString(),
        standing.reason(),
        standing.who().orElse(""),
        standing.until().map(Instant::toString).orElse(""),
        standing.reopenings(),
        standing.share());
  }
}
