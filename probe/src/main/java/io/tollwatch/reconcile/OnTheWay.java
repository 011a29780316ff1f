package io.tollwatch.reconcile;

import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.routing.SharedClaims;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The calls of payments that are on their way, which the gateway may show or not show yet. Its
/// "not found" may not be believed of a payment in doubt while another call of that payment runs,
/// nor for a time after it: to a service that is told "not taken" of the payment it is one, however
/// many calls it made of it (P1). Thread-safe; holds the calls that run.
final class OnTheWay {

  private final Map<String, Intent> running = new ConcurrentHashMap<>();
  private final Register register;
  private final SharedClaims shared;

  OnTheWay(Register register, SharedClaims shared) {
    this.register = register;
    this.shared = shared;
  }

  void begun(Intent intent) {
    if (intent.movesMoney()) {
      running.put(intent.id(), intent);
    }
  }

  /// @param endNanos now, on the steady clock
  void ended(Intent intent, Outcome outcome, long endNanos) {
    if (intent.movesMoney() && outcome.progress() != Progress.UNSENT) {
      Correlation by = intent.correlation();
      repeated(intent.provider(), Facts.KEY, by.idempotencyKey(), endNanos);
      repeated(intent.provider(), Facts.REFERENCE, by.reference(), endNanos);
    }
  }

  /// All that its end says is noted elsewhere.
  void learned(Intent intent) {
    running.remove(intent.id());
  }

  private void repeated(String provider, String fact, Optional<String> value, long endNanos) {
    value.ifPresent(known -> register.repeated(provider, fact, known, endNanos));
  }

  /// Whether no other call of that payment runs, or ended within that time before now.
  boolean isQuietFor(Case doubt, Duration time, long nowNanos) {
    return running.values().stream().noneMatch(each -> isOf(doubt, each))
        && register.isQuietFor(doubt, time, nowNanos)
        && doubt
            .identity()
            .filter(identity -> shared.mayStandLater(identity, doubt.exchange(), doubt.since()))
            .isEmpty();
  }

  /// Whether a call runs that has its reference and may be another payment.
  boolean runsAnother(Case doubt) {
    return running.values().stream()
        .anyMatch(
            each -> isOf(doubt, each) && !same(each.correlation().idempotencyKey(), doubt.key()));
  }

  private static boolean isOf(Case doubt, Intent other) {
    Correlation by = other.correlation();
    return other.provider().equals(doubt.provider())
        && (same(by.idempotencyKey(), doubt.key())
            || same(by.reference(), doubt.fact(Facts.REFERENCE)));
  }

  private static boolean same(Optional<String> one, Optional<String> other) {
    return one.isPresent() && one.equals(other);
  }
}
