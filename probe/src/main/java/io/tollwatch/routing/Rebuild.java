package io.tollwatch.routing;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.TestMoney;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Fills the index of payments from the journal. What was carried on there because it was in doubt
/// stands in it a second time, behind what ended it; so an end counts wherever it stands. Confined
/// to one thread.
final class Rebuild implements Consumer<Entry> {

  private final Payments payments;
  private final Set<String> ended = new HashSet<>();
  private final Map<String, Resolution> resolutions = new HashMap<>();

  Rebuild(Payments payments) {
    this.payments = payments;
  }

  @Override
  public void accept(Entry entry) {
    switch (entry) {
      case Intent intent -> begun(intent);
      case Outcome outcome -> {
        ended.add(outcome.id());
        payments.settle(outcome.id(), outcome.claimed(), outcome.payment());
      }
      case Resolution resolution -> resolutions.put(resolution.exchange(), resolution);
      case BreakerChange _, ChannelChange _, TestMoney _ -> {
        // health's, the roster's and the checks'
      }
    }
  }

  private void begun(Intent intent) {
    if (intent.movesMoney() && !ended.contains(intent.id())) {
      intent
          .correlation()
          .identity()
          .ifPresent(identity ->
              payments.known(
                  new Attempted(intent.id(), intent.provider(), identity, intent.startedAt()),
                  intent.operation()));
    }
  }

  /// Nothing more comes.
  void end() {
    resolutions.values().forEach(payments::resolved);
  }
}
