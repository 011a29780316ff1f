package io.tollwatch.health;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The health of one operation at one provider: its breaker, and one for each rail, in bounded
/// number; the rails beyond that count to the operation's own. Thread-safe.
///
/// A failure on a known rail is held against that rail only, so that one card brand does not take
/// the others with it. If most rails that are in use fail, it is not the rails: the operation's
/// breaker opens.
final class OperationHealth {

  /// A rail without calls for longer than this has no say.
  private static final Duration IN_USE = Duration.ofMinutes(10);

  private static final int SEVERAL = 2;

  private final BreakerKey key;
  private final Surroundings around;
  private final Breaker whole;
  private final Map<String, Rail> rails = new ConcurrentHashMap<>();
  private volatile BreakerSettings settings;

  /// A rail's breaker, and when it was last used.
  private static final class Rail {
    private final Breaker breaker;
    private volatile Instant used;

    Rail(Breaker breaker, Instant used) {
      this.breaker = breaker;
      this.used = used;
    }
  }

  /// A call's places.
  record Seats(Seat whole, Optional<RailSeat> rail) {}

  /// A call's place in a rail's breaker.
  record RailSeat(Rail rail, Seat seat) {}

  /// The answer to a call that asks.
  sealed interface Asked {
    /// It may go.
    record Seated(Seats seats) implements Asked {}

    /// It may not.
    record Refused(Breaker.Asked.Refused by) implements Asked {}
  }

  OperationHealth(BreakerKey key, BreakerSettings settings, Surroundings around) {
    this.key = key;
    this.settings = settings;
    this.around = around;
    this.whole = new Breaker(key, settings, around);
  }

  /// @param last whether no other provider can take the call
  Asked ask(Optional<String> rail, Origin origin, boolean last) {
    return switch (whole.ask(origin, last)) {
      case Breaker.Asked.Refused refused -> new Asked.Refused(refused);
      case Breaker.Asked.Seated(Seat seat) -> askRail(seat, rail.flatMap(this::rail), origin, last);
    };
  }

  private Asked askRail(Seat seat, Optional<Rail> rail, Origin origin, boolean last) {
    // whoever forced the operation meant all of it
    if (rail.isEmpty() || whole.lastState().isForced()) {
      return new Asked.Seated(new Seats(seat, watched(rail, origin)));
    }
    return switch (rail.get().breaker.ask(origin, last)) {
      case Breaker.Asked.Refused refused -> {
        whole.abandon(seat);
        yield new Asked.Refused(refused);
      }
      case Breaker.Asked.Seated(Seat own) ->
          new Asked.Seated(new Seats(seat, Optional.of(new RailSeat(rail.get(), own))));
    };
  }

  Seats watch(Optional<String> rail, Origin origin) {
    return new Seats(whole.watch(origin), watched(rail.flatMap(this::rail), origin));
  }

  private static Optional<RailSeat> watched(Optional<Rail> rail, Origin origin) {
    return rail.map(each -> new RailSeat(each, each.breaker.watch(origin)));
  }

  /// @param counts whether a failure is held against the provider
  void settle(Seats seats, Sign sign, boolean counts, Duration took) {
    BreakerState before = whole.lastState();
    if (seats.rail().isEmpty() || sign == Sign.FINE || before == BreakerState.HALF_OPEN) {
      whole.settle(seats.whole(), sign, counts, took);
    } else {
      whole.abandon(seats.whole());
    }
    seats.rail().ifPresent(each -> settle(each, sign, counts, took));
    if (before == BreakerState.HALF_OPEN && whole.lastState() == BreakerState.RAMPING) {
      rails.values().forEach(rail -> rail.breaker.stepBack());
    }
  }

  private void settle(RailSeat seat, Sign sign, boolean counts, Duration took) {
    seat.rail().used = around.time().instant();
    seat.rail().breaker.settle(seat.seat(), sign, counts, took);
    if (seat.rail().breaker.lastState() == BreakerState.OPEN) {
      weigh(sign);
    }
  }

  private void weigh(Sign sign) {
    Instant now = around.time().instant();
    long open = rails.values().stream().filter(rail -> isOpen(rail)).count();
    long used =
        rails.values().stream()
            .filter(rail -> isOpen(rail) || Duration.between(rail.used, now).compareTo(IN_USE) <= 0)
            .count();
    if (open >= SEVERAL && open * 2 > used) {
      whole.open(
          open + " of " + used + " card brands, wallets or banks in use are open",
          sign == Sign.UNREACHED);
    }
  }

  private static boolean isOpen(Rail rail) {
    BreakerState state = rail.breaker.lastState();
    return state == BreakerState.OPEN || state == BreakerState.HALF_OPEN;
  }

  /// Hears of a check that ran elsewhere.
  void hear(Optional<String> rail, Instant begun, Sign sign, Duration took) {
    Optional<Rail> own = rail.flatMap(this::rail);
    own.ifPresent(each -> each.breaker.hear(begun, sign, took));
    if (own.isEmpty() || sign == Sign.FINE || whole.standing().state() == BreakerState.HALF_OPEN) {
      whole.hear(begun, sign, took);
    }
  }

  void abandon(Seats seats) {
    whole.abandon(seats.whole());
    seats.rail().ifPresent(each -> each.rail().breaker.abandon(each.seat()));
  }

  Breaker whole() {
    return whole;
  }

  /// The breaker of this rail, or the operation's own if it has none.
  Breaker breaker(Optional<String> rail) {
    return rail.flatMap(this::rail).map(each -> each.breaker).orElse(whole);
  }

  Stream<Breaker> all() {
    return Stream.concat(Stream.of(whole), rails.values().stream().map(rail -> rail.breaker));
  }

  void settings(BreakerSettings next) {
    settings = next;
    all().forEach(breaker -> breaker.settings(next));
  }

  private Optional<Rail> rail(String name) {
    Rail known = rails.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    // a few more may come in at the same moment: the bound holds to within the number of threads
    return rails.size() >= settings.rails()
        ? Optional.empty()
        : Optional.of(rails.computeIfAbsent(name, this::newRail));
  }

  private Rail newRail(String name) {
    BreakerKey own = new BreakerKey(key.provider(), key.operation(), Optional.of(name));
    return new Rail(new Breaker(own, settings, around), around.time().instant());
  }
}
