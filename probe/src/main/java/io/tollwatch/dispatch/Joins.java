package io.tollwatch.dispatch;

import io.tollwatch.redaction.OneCard;
import java.util.Optional;

/// Fingerprints that join what is kept: the attempts of one payment, by idempotency key and by
/// merchant reference, and if wanted the payments of one card. The same after a restart, as long as
/// the keys are. Thread-safe.
final class Joins {

  private final Fingerprints payments;
  private final Optional<Fingerprints> cards;

  Joins(JoinKeys keys) {
    this.payments = keys.payments().fingerprints();
    this.cards = keys.cards().map(JoinKey::fingerprints);
  }

  /// @param scope provider and operation: the same key may be paid, refunded and voided
  String key(String scope, String key) {
    return payments.of("key " + scope, key);
  }

  /// @param scope provider and operation: the same reference may be paid, refunded and voided
  String reference(String scope, String reference) {
    return payments.of("reference " + scope, reference);
  }

  /// Of the one card that a request is about; one card is the same at every provider.
  Optional<String> card(String request) {
    return cards.flatMap(prints -> OneCard.in(request).map(number -> prints.of("card", number)));
  }
}
