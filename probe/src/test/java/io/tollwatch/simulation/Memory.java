package io.tollwatch.simulation;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import java.util.List;
import java.util.function.Consumer;

/// The ledger of one run of the sidecar. What it was told survives that run; after the run's end it
/// takes nothing more. The others may go on before and after each entry of a call.
final class Memory implements Ledger {

  private final List<Entry> entries;
  private final Life life;
  private final Consumer<Intent> noted;

  /// @param entries survive
  /// @param noted told of each intent
  Memory(List<Entry> entries, Life life, Consumer<Intent> noted) {
    this.entries = entries;
    this.life = life;
    this.noted = noted;
  }

  @Override
  public Recorded intent(Intent intent) {
    life.breathe();
    noted.accept(intent);
    keep(intent);
    life.breathe();
    return Recorded.kept();
  }

  @Override
  public Recorded outcome(Outcome outcome) {
    life.breathe();
    keep(outcome);
    life.breathe();
    return Recorded.kept();
  }

  @Override
  public Recorded resolution(Resolution resolution) {
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
