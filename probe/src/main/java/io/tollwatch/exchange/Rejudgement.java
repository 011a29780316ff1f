package io.tollwatch.exchange;

import io.tollwatch.verdict.Verdict;
import java.time.Instant;
import java.util.Objects;

/// What judging an exchange again came to (P6). Immutable, redacted. It stands beside the verdict
/// that was reached while the call ran: it settles no doubt, moves no breaker and opens no gate.
///
/// @param exchange the exchange's id
/// @param at when it was judged again
/// @param who who had it judged, as the operating system knows them
/// @param verdict today's; which profile judged stands in it
public record Rejudgement(String exchange, Instant at, String who, Verdict verdict) {

  public Rejudgement {
    // whoever sends one may leave something out
    Objects.requireNonNull(exchange);
    Objects.requireNonNull(at);
    Objects.requireNonNull(who);
    Objects.requireNonNull(verdict);
  }
}
