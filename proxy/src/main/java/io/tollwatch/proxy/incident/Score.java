package io.tollwatch.proxy.incident;

import java.time.Duration;
import java.util.Optional;

/// What came of an incident on one side of the comparison, by the gateways' books and by what
/// customers were told. Immutable. Times are those of the incident.
///
/// @param customers how many came while the first gateway was unwell
/// @param saved how many of them paid once and were told so
/// @param twice customers who were charged more than once, at any time
/// @param lost customers who were charged and told that it failed
/// @param open customers who do not know yet
/// @param firstWord within which 95 of 100 of them heard something
/// @param health what only a sidecar knows
public record Score(
    int customers,
    int saved,
    int twice,
    int lost,
    int open,
    Duration firstWord,
    Optional<Health> health) {

  /// What the sidecar's ledger says.
  ///
  /// @param detected from the start of the first outage until a breaker opened
  /// @param recovered from the end of the last one until all breakers let all calls through; empty
  ///   if they did not
  /// @param outagesAfter how often a breaker opened again after the gateway was well
  /// @param doubts payments that were in doubt or pending
  /// @param resolved how many of them were settled by proof
  /// @param byWebhook and of how many of these a webhook was the proof
  /// @param looks how often the reconciler asked the gateway
  public record Health(
      Optional<Duration> detected,
      Optional<Duration> recovered,
      int outagesAfter,
      int doubts,
      int resolved,
      int byWebhook,
      int looks) {}

  /// Per cent of the customers who paid once and were told so.
  public double savedPercent() {
    return customers == 0 ? 100 : 100.0 * saved / customers;
  }
}
