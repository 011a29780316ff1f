package io.tollwatch.ledger;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.TestMoney;

/// Where exchanges are recorded: the intent before the first byte leaves, the outcome after the
/// last one (P2). Thread-safe. Neither call waits for a database, and neither fails because of one
/// (P4): what could not be kept is said, and counted by the implementation.
public interface Ledger {

  /// Records what is about to be sent.
  Recorded intent(Intent intent);

  /// Records what came of it. Called at most once for each intent that was kept.
  Recorded outcome(Outcome outcome);

  /// Records what a doubt came to.
  Recorded resolution(Resolution resolution);

  /// Records that a breaker changed its state.
  Recorded breaker(BreakerChange change);

  /// Records what a check is about to take, or what became of that: as safe as an intent is. Where
  /// that can't be kept no check takes money.
  default Recorded testMoney(TestMoney money) {
    return new Recorded.NotKept("this ledger keeps no test money");
  }
}
