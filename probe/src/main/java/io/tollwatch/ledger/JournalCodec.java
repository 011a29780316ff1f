package io.tollwatch.ledger;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.journal.JournalRecord;
import io.tollwatch.ledger.store.ExchangeJson;
import java.util.Optional;

/// How intents and outcomes lie in the journal: as JSON, so that a person can read them there with
/// nothing but a pager, and an older program passes over what a newer one adds.
final class JournalCodec {

  static final byte INTENT = 1;
  static final byte OUTCOME = 2;

  private JournalCodec() {}

  /// What a record says. Immutable.
  sealed interface Said {
    /// What was about to be sent.
    record Intended(Intent intent) implements Said {}

    /// What came of it.
    record Ended(Outcome outcome) implements Said {}
  }

  static byte[] bytes(Intent intent) {
    return ExchangeJson.bytes(intent);
  }

  static byte[] bytes(Outcome outcome) {
    return ExchangeJson.bytes(outcome);
  }

  /// What the record says; empty for a kind that only a newer program knows, and for a payload that
  /// is sound but says nothing: it was written by a program with a fault.
  static Optional<Said> said(JournalRecord written) {
    try {
      return switch (written.kind()) {
        case INTENT -> Optional.of(new Said.Intended(ExchangeJson.intent(written.payload())));
        case OUTCOME -> Optional.of(new Said.Ended(ExchangeJson.outcome(written.payload())));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
