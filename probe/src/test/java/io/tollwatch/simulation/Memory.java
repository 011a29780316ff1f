package io.tollwatch.simulation;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import java.util.List;

/// The ledger of one run of the sidecar. What it was told survives that run; after the run's end it
/// takes nothing more. The others may go on before and after each entry of a call.
final class Memory implements Ledger {

  private final List<Entry> entries;
  private final Life life;
  private final Onlooker onlooker;

  /// What the world sees of the actor that runs.
  interface Onlooker {
    /// It is about to send.
    void intends(Intent intent);

    /// It writes down what came of that, and may have claimed the payment for another gateway.
    void ends();

    /// It was found out what a doubt came to.
    void resolves(Resolution resolution);
  }

  /// @param entries survive
  Memory(List<Entry> entries, Life life, Onlooker onlooker) {
    this.entries = entries;
    this.life = life;
    this.onlooker = onlooker;
  }

  @Override
  public Recorded intent(Intent intent) {
    onlooker.intends(intent);
    life.breathe();
    keep(intent);
    life.breathe();
    return Recorded.kept();
  }

  @Override
  public Recorded outcome(Outcome outcome) {
    onlooker.ends();
    life.breathe();
    keep(outcome);
    life.breathe();
    return Recorded.kept();
  }

  @Override
  public Recorded resolution(Resolution resolution) {
    onlooker.resolves(resolution);
    keep(resolution);
    return Recorded.kept();
  }

  @Override
  public Recorded breaker(BreakerChange change) {
    keep(change);
    return Recorded.kept();
  }

  private void keep(Entry entry) {
    if (!life.isOver()) {
      entries.add(entry);
    }
  }
}
