package io.tollwatch.ledger;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.journal.JournalRecord;
import io.tollwatch.ledger.store.ExchangeJson;
import java.util.Optional;

/// How entries lie in the journal: as JSON, so that a person can read them there with nothing but a
/// pager, and an older program passes over what a newer one adds.
final class JournalCodec {

  static final byte INTENT = 1;
  static final byte OUTCOME = 2;
  static final byte RESOLUTION = 3;
  static final byte BREAKER = 4;
  static final byte CHANNEL = 5;
  static final byte TEST_MONEY = 6;

  private JournalCodec() {}

  static byte[] bytes(Entry entry) {
    return ExchangeJson.bytes(entry);
  }

  /// What the record of an intent or an outcome says of doubt; empty for any other, and where
  /// [#said] is.
  static Optional<ExchangeJson.Gist> gist(JournalRecord written) {
    try {
      return switch (written.kind()) {
        case INTENT, OUTCOME -> Optional.of(ExchangeJson.gist(written.payload()));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// What the record says; empty for a kind that only a newer program knows, and for a payload that
  /// is sound but says nothing: it was written by a program with a fault.
  static Optional<Entry> said(JournalRecord written) {
    try {
      return switch (written.kind()) {
        case INTENT -> Optional.of(ExchangeJson.entry(written.payload(), Intent.class));
        case OUTCOME -> Optional.of(ExchangeJson.entry(written.payload(), Outcome.class));
        case RESOLUTION -> Optional.of(ExchangeJson.entry(written.payload(), Resolution.class));
        case BREAKER -> Optional.of(ExchangeJson.entry(written.payload(), BreakerChange.class));
        case CHANNEL -> Optional.of(ExchangeJson.entry(written.payload(), ChannelChange.class));
        case TEST_MONEY -> Optional.of(ExchangeJson.entry(written.payload(), TestMoney.class));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
