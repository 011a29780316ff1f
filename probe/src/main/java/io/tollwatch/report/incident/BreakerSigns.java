package io.tollwatch.report.incident;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes signs of what breakers did, told oldest first: each from its opening until it is closed
/// for good, probes and ramps included. Confined to one search.
final class BreakerSigns implements Consumer<BreakerChange> {

  private final Map<BreakerKey, BreakerChange> bad = new HashMap<>();
  private final List<Sign> signs = new ArrayList<>();

  /// A breaker that was not closed before its first change counts from that change.
  @Override
  public void accept(BreakerChange change) {
    BreakerKey breaker = change.breaker();
    if (isBad(change.to())) {
      bad.putIfAbsent(breaker, change);
    } else if (isBad(change.from())) {
      BreakerChange opened = Optional.ofNullable(bad.remove(breaker)).orElse(change);
      signs.add(sign(opened, Optional.of(change)));
    }
  }

  /// Whether a breaker in that state keeps calls away. One that somebody closed lets them through.
  static boolean isBad(BreakerState state) {
    return switch (state) {
      case OPEN, HALF_OPEN, RAMPING, FORCED_OPEN -> true;
      case CLOSED, FORCED_CLOSED, OBSERVE_ONLY -> false;
    };
  }

  private static Sign sign(BreakerChange opened, Optional<BreakerChange> closed) {
    return new Sign(
        Kind.BREAKER,
        Optional.of(opened.breaker().provider()),
        Optional.of(opened.breaker().operation()),
        opened.breaker().rail(),
        opened.at(),
        opened.at(),
        closed.map(BreakerChange::at),
        opened.reason());
  }

  /// All of them, in no order.
  List<Sign> signs() {
    List<Sign> all = new ArrayList<>(signs);
    bad.values().forEach(opened -> all.add(sign(opened, Optional.empty())));
    return all;
  }
}
