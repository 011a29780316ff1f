package io.tollwatch.proxy;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import io.tollwatch.reconcile.Doubts;

/// A ledger for checks: what they learn of a payment in doubt goes through the register of doubts,
/// which writes it down. Thread-safe.
record ThroughDoubts(Ledger ledger, Doubts doubts) implements Ledger {

  @Override
  public Recorded intent(Intent intent) {
    return ledger.intent(intent);
  }

  @Override
  public Recorded outcome(Outcome outcome) {
    return ledger.outcome(outcome);
  }

  @Override
  public Recorded resolution(Resolution resolution) {
    doubts.resolve(resolution);
    return Recorded.kept();
  }

  @Override
  public Recorded breaker(BreakerChange change) {
    return ledger.breaker(change);
  }

  @Override
  public Recorded testMoney(TestMoney money) {
    return ledger.testMoney(money);
  }
}
