package io.tollwatch.ledger.store;

import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/// What is made of an intent whose process died: nobody saw its end, so it may have been sent, and
/// if it may move money, it is in doubt. No phase, no break and no time is made up.
final class Unfinished {

  /// The rule that such verdicts name.
  static final String RULE = "ledger/no_outcome";

  private Unfinished() {}

  static Outcome outcome(Intent intent) {
    return new Outcome(
        intent.id(),
        Progress.MAYBE_SENT,
        Optional.empty(),
        Optional.empty(),
        new PhaseTimings(List.of(), 0),
        ConnectionFacts.none(),
        verdict(intent.movesMoney()),
        0,
        false);
  }

  private static Verdict verdict(boolean movesMoney) {
    return new Verdict(
        Category.ANSWER_LOST,
        Fault.UNKNOWN,
        movesMoney ? Money.IN_DOUBT : Money.NONE,
        movesMoney ? Action.RECONCILE : Action.NONE,
        GatewayError.none(),
        false,
        false,
        RULE,
        "ledger@1");
  }
}
