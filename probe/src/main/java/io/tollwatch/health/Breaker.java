package io.tollwatch.health;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One breaker: gives places to calls, and learns from what comes of them. Thread-safe: all happens
/// under one lock, and time moves it whenever it is asked. [States] says how.
final class Breaker {

  private final BreakerKey key;
  private final Surroundings around;
  private final States states;
  private final ReentrantLock lock = new ReentrantLock();

  /// The answer to a call that asks.
  sealed interface Asked {
    /// It may go.
    record Seated(Seat seat) implements Asked {}

    /// It may not.
    record Refused(BreakerState state, String reason) implements Asked {}
  }

  Breaker(BreakerKey key, BreakerSettings settings, Surroundings around) {
    this.key = key;
    this.around = around;
    this.states = new States(key, settings, around);
  }

  /// How it stands now.
  Standing standing() {
    return locked(() -> states.standing().withShare(states.share()));
  }

  /// How it stood when it was last asked. Takes no lock.
  BreakerState lastState() {
    return states.now();
  }

  /// From when on a call is slow. Takes no lock.
  Duration slowAfter() {
    return states.slowAfter();
  }

  /// Takes other settings; what was counted is forgotten if they say how to count.
  void settings(BreakerSettings next) {
    then(() -> states.settings(next));
  }

  /// Asks for a place for a call that could go elsewhere. A check gets no more leave than a live
  /// call would, but it tests one that is half open.
  ///
  /// @param last whether no other provider can take the call
  Asked ask(Origin origin, boolean last) {
    return locked(() ->
        origin == Origin.SYNTHETIC && states.now() == BreakerState.HALF_OPEN
            ? seatedCheck()
            : askLive(last));
  }

  private Asked.Seated seatedCheck() {
    return new Asked.Seated(states.seat(states.now() == BreakerState.HALF_OPEN));
  }

  private Asked askLive(boolean last) {
    return switch (states.now()) {
      case CLOSED, FORCED_CLOSED, OBSERVE_ONLY -> new Asked.Seated(states.seat(false));
      case OPEN, FORCED_OPEN -> refused(states.standing().reason());
      case HALF_OPEN -> askProbe();
      case RAMPING ->
          states.ramp().admits() || last
              ? new Asked.Seated(states.seat(false))
              : refused(states.share() + " % of the calls go through after an outage");
    };
  }

  private Asked askProbe() {
    if (aCheckDecides()) {
      return refused("a check decides whether it can be used again");
    }
    if (states.underWay().hasProbe()) {
      return refused("another call is testing whether it can be used again");
    }
    return new Asked.Seated(probe());
  }

  /// A place for a call that goes in any case. It tests a breaker that is half open if nothing else
  /// does, and otherwise changes nothing there.
  Seat watch(Origin origin) {
    return locked(() -> {
      if (origin == Origin.SYNTHETIC) {
        return seatedCheck().seat();
      }
      boolean tests =
          states.now() == BreakerState.HALF_OPEN
              && !aCheckDecides()
              && !states.underWay().hasProbe();
      return tests ? probe() : states.seat(false);
    });
  }

  private Seat probe() {
    Seat seat = states.seat(true);
    states.underWay().probe(seat);
    return seat;
  }

  private Asked.Refused refused(String reason) {
    return new Asked.Refused(states.now(), key.shown() + ": " + reason);
  }

  private boolean aCheckDecides() {
    return around.checks().decide(key, around.time().instant());
  }

  /// Takes note of what came of a call. Of an earlier generation it changes nothing.
  ///
  /// @param counts whether a failure is held against the provider
  void settle(Seat seat, Sign sign, boolean counts, Duration took) {
    then(() -> {
      boolean says = sign == Sign.FINE || (sign != Sign.NONE && counts);
      if (states.leave(seat) && says) {
        states.learn(seat, sign, took);
      }
    });
  }

  /// Takes note that nothing can be said of a call.
  void abandon(Seat seat) {
    then(() -> states.leave(seat));
  }

  /// Hears of a check that ran elsewhere. One that began before the breaker came to stand as it
  /// does says nothing of now.
  void hear(Instant begun, Sign sign, Duration took) {
    then(() -> {
      if (!begun.isBefore(states.standing().since()) && sign != Sign.NONE) {
        Seat seat = states.seat(true);
        states.leave(seat);
        states.learn(seat, sign, took);
      }
    });
  }

  /// Opens it because of what is known elsewhere, if it lets calls through.
  ///
  /// @param unreached whether the provider can't be reached
  void open(String reason, boolean unreached) {
    then(() -> states.open(reason, unreached));
  }

  /// Takes it to half-open before its time, if it is open: a harmless call found the provider
  /// there.
  void halve(String reason) {
    then(() -> states.halve(around.time().instant(), reason));
  }

  /// Closes it if it opened after that because the provider could not be reached.
  void absolve(Instant openedAfter) {
    then(() -> states.absolve(openedAfter));
  }

  /// Closes it if it is open: another breaker stands for it now.
  void stepBack() {
    then(() -> {
      if (states.now() == BreakerState.OPEN || states.now() == BreakerState.HALF_OPEN) {
        states.closeAtOnce("the whole operation is tried again");
      }
    });
  }

  /// Forces it.
  void order(Order order) {
    then(() -> states.order(order));
  }

  /// Ends an order. Gives whether there was one.
  boolean release(String reason, String who) {
    return locked(() -> {
      boolean forced = states.now().isForced();
      if (forced) {
        states.afterOrder(around.time().instant(), reason, Optional.of(who));
      }
      return forced;
    });
  }

  /// Stands as an earlier run left it.
  void restore(BreakerChange change) {
    then(() -> states.restore(change));
  }

  private void then(Runnable step) {
    locked(() -> {
      step.run();
      return this;
    });
  }

  private <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      states.advance(around.time().instant());
      return step.get();
    } finally {
      lock.unlock();
    }
  }
}
