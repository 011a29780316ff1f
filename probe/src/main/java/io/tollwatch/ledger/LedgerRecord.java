package io.tollwatch.ledger;

import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.redaction.KeptBody;

/// One thing that the ledger was told. Immutable.
sealed interface LedgerRecord {

  /// About how much memory the record holds, in characters.
  long weight();

  /// What was about to be sent.
  record Intended(Intent intent) implements LedgerRecord {
    @Override
    public long weight() {
      return FACTS_WEIGHT + intent.target().length() + intent.body().text().length();
    }
  }

  /// What came of it.
  record Ended(Outcome outcome) implements LedgerRecord {
    @Override
    public long weight() {
      return FACTS_WEIGHT
          + outcome.answer().map(Answer::body).map(KeptBody::text).map(String::length).orElse(0);
    }
  }

  /// What a record weighs without target and body: allow-listed fields, ids, timings.
  long FACTS_WEIGHT = 2048;
}
