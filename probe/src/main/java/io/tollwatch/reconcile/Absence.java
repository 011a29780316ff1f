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

/// When a gateway's "not found" may be believed of a payment in doubt: not while another call of
/// that payment is on its way, nor for a time after it, since that one may have been taken and not
/// be shown yet. To a service that is told "not taken" of the payment it is one, however many calls
/// it made of it (P1). Thread-safe; holds the calls that run.
final class Absence {

  private final Map<String, Intent> running = new ConcurrentHashMap<>();
  private final Register register;
  private final SharedClaims shared;

  Absence(Register register, SharedClaims shared) {
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
    running.remove(intent.id()); // last, so that there is no moment at which neither tells of it
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
