package io.tollwatch.reconcile;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.store.ExchangeFilter;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.taxonomy.Money;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Rebuilds the register from what the ledger has: first from the journal, in whose order a
/// resolution may stand before what it resolves, then from the store, which has doubts that the
/// journal has no more. Confined to one thread.
public final class Rebuilding implements Consumer<Entry> {

  private static final int PAGE = 50;

  private final Doubts doubts;
  private final Map<String, Intent> running = new HashMap<>();
  private final Map<String, Resolution> resolved = new HashMap<>();

  Rebuilding(Doubts doubts) {
    this.doubts = doubts;
  }

  /// Takes what the journal says next.
  @Override
  public void accept(Entry entry) {
    switch (entry) {
      case Intent intent -> {
        if (intent.movesMoney() && Doubts.watches(intent)) {
          running.put(intent.id(), intent);
          doubts.knownBefore(intent);
        }
      }
      case Outcome outcome -> ended(outcome);
      case Resolution resolution -> {
        resolved.put(resolution.exchange(), resolution);
        doubts.settledBefore(resolution, doubts.register().resolve(resolution.exchange()));
      }
      case BreakerChange _, ChannelChange _, TestMoney _ -> {}
    }
  }

  private void ended(Outcome outcome) {
    Intent intent = running.remove(outcome.id());
    if (intent == null) {
      return;
    }
    doubts.tookBefore(intent, outcome);
    if (Doubts.isOpen(intent, outcome)) {
      open(intent, Optional.of(outcome));
    }
  }

  /// The journal has no more: whatever has no outcome is in doubt.
  public void replayed() {
    running.values().forEach(intent -> open(intent, Optional.empty()));
    running.clear();
  }

  /// One that was resolved is opened and settled once more: the register remembers what was taken.
  private void open(Intent intent, Optional<Outcome> outcome) {
    Resolution resolution = resolved.get(intent.id());
    if (resolution == null) {
      doubts.openBefore(intent, outcome);
    } else if (doubts.register().hasRoom()) {
      doubts.openBefore(intent, outcome);
      doubts.settledBefore(resolution, doubts.register().resolve(intent.id()));
    }
  }

  /// Adds what only the store has. May be asked again when there is room for more.
  ///
  /// @throws java.io.UncheckedIOException if it can't be read
  public void fill(ExchangeReader store) {
    ExchangeQuery query = ExchangeQuery.of(new ExchangeFilter.MoneyIs(Money.IN_DOUBT)).limit(PAGE);
    doubts.register().leftBeyond(0); // counted anew
    List<Exchange> page = store.find(query);
    while (!page.isEmpty() && doubts.register().hasRoom()) {
      page.stream()
          .filter(each -> !resolved.containsKey(each.id()) && each.resolutions().isEmpty())
          .filter(each -> Doubts.watches(each.intent()))
          .filter(each -> !doubts.register().knows(each.id()))
          .forEach(each -> doubts.openBefore(each.intent(), each.outcome()));
      page = store.find(query.before(page.getLast().id()));
    }
    if (doubts.beyond() > 0 || !page.isEmpty()) {
      doubts.register().leftBeyond(store.countInDoubt());
    }
  }
}
