package io.tollwatch.health;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The states of a breaker, and what leads from one to another. Confined to its breaker's lock, but
/// for [#standing].
///
/// ```
///            too many failed or slow              its time is over
///   CLOSED ──────────────────────────►  OPEN  ──────────────────► HALF_OPEN
///      ▲                                 ▲ ▲    a probe or check failed  │
///      │ all steps are over              │ └─────────────────────────────┤
///      └─────────────────── RAMPING ─────┘                               │
///                              ▲        too many failed or slow          │
///                              └─────────────────────────────────────────┘
///                                 a check, or a probe, went well
/// ```
final class States {

  /// Beyond it an hour would be years.
  private static final int MOST_DOUBLED = 20;

  private final BreakerKey key;
  private final Surroundings around;
  private final UnderWay underWay = new UnderWay();
  private volatile BreakerSettings settings;
  private Signs signs;
  private Ramp ramp;
  private long generation;
  private boolean moved;

  /// Whether the last failure was that the provider could not be reached.
  private boolean cutOff;

  private volatile Standing standing;

  States(BreakerKey key, BreakerSettings settings, Surroundings around) {
    this.key = key;
    this.settings = settings;
    this.around = around;
    Instant now = around.time().instant();
    this.signs = new Signs(settings.opening(), around.time());
    this.ramp = new Ramp(settings.closing(), now);
    this.standing = Standing.unused(key, now);
  }

  /// How it stands. May be read without the lock.
  Standing standing() {
    return standing;
  }

  BreakerState now() {
    return standing.state();
  }

  Ramp ramp() {
    return ramp;
  }

  UnderWay underWay() {
    return underWay;
  }

  /// The percentage of calls that goes through.
  int share() {
    return switch (now()) {
      case CLOSED, FORCED_CLOSED, OBSERVE_ONLY -> 100;
      case OPEN, FORCED_OPEN, HALF_OPEN -> 0;
      case RAMPING -> ramp.share();
    };
  }

  void settings(BreakerSettings next) {
    if (!settings.opening().equals(next.opening())) {
      signs = new Signs(next.opening(), around.time());
    }
    settings = next;
  }

  /// From when on a call is slow. May be asked without the lock.
  Duration slowAfter() {
    return settings.slowness().limit(around.normal().median());
  }

  /// A place for a call.
  Seat seat(boolean decides) {
    Seat seat = new Seat(generation, around.time().instant(), decides);
    underWay.add(seat);
    return seat;
  }

  /// Takes the place back. Gives whether it is of the present generation.
  boolean leave(Seat seat) {
    underWay.remove(seat);
    return seat.isOf(generation);
  }

  /// Takes note of what a call came to, that was let through as it stands now.
  void learn(Seat seat, Sign sign, Duration took) {
    switch (now()) {
      case CLOSED, RAMPING, OBSERVE_ONLY -> count(seat, sign, took);
      case HALF_OPEN -> {
        if (seat.decides()) {
          decide(sign != Sign.FINE || took.compareTo(settings.slowness().after()) > 0);
        }
      }
      case OPEN, FORCED_OPEN, FORCED_CLOSED -> {} // waits for its time
    }
  }

  private void decide(boolean failed) {
    if (failed) {
      open("it failed when it was tested", standing.reopenings() + 1);
    } else {
      become(standing.next(BreakerState.RAMPING, around.time().instant(), "it can be used again"));
    }
  }

  private void count(Seat seat, Sign sign, Duration took) {
    boolean failed = sign != Sign.FINE;
    boolean slow = took.compareTo(slowAfter()) > 0;
    if (!failed) {
      around.normal().note(took, around.time().instant());
    }
    if (seat.isOverdue() && !failed) {
      return; // it counted as slow while it ran
    }
    if (failed) {
      cutOff = sign == Sign.UNREACHED;
    } else if (!slow) {
      ramp.succeeded();
    }
    signs.note(failed, slow).ifPresent(this::trip);
  }

  private void trip(String reason) {
    if (now() == BreakerState.OBSERVE_ONLY) {
      signs.clear();
      tell(now(), "it would open: " + reason);
    } else {
      open(reason, openingsForgiven() + 1);
    }
  }

  /// Opens it because of what is known elsewhere, if it lets calls through.
  void open(String reason, boolean unreached) {
    if (now() == BreakerState.CLOSED || now() == BreakerState.RAMPING) {
      cutOff = unreached;
      open(reason, openingsForgiven() + 1);
    }
  }

  /// How often it opened before, less what a long time without trouble has made good.
  private int openingsForgiven() {
    if (now() != BreakerState.CLOSED) {
      return standing.reopenings();
    }
    long forgiven =
        Duration.between(standing.since(), around.time().instant())
            .dividedBy(settings.closing().forgiveAfter());
    return (int) Math.max(0, standing.reopenings() - forgiven);
  }

  private void open(String reason, int reopenings) {
    Instant now = around.time().instant();
    become(
        standing
            .next(BreakerState.OPEN, now, reason)
            .until(now.plus(openTime(reopenings)))
            .reopened(reopenings));
  }

  private Duration openTime(int reopenings) {
    BreakerSettings.Closing closing = settings.closing();
    long doubled = closing.openTime().toMillis() << Math.clamp(reopenings - 1, 0, MOST_DOUBLED);
    double capped = (double) Math.min(doubled, closing.maxOpenTime().toMillis());
    return Duration.ofMillis((long) (capped * around.jitter().getAsDouble()));
  }

  /// Takes it to half-open, if it is open.
  void halve(Instant at, String reason) {
    if (now() == BreakerState.OPEN) {
      become(standing.next(BreakerState.HALF_OPEN, at, reason));
    }
  }

  /// Closes it if it opened of late because the provider could not be reached: that was our own
  /// network.
  void absolve(Instant openedAfter) {
    if (now() == BreakerState.OPEN && cutOff && standing.since().isAfter(openedAfter)) {
      closeAtOnce("it was our own network");
    }
  }

  /// Closes it at once: it opened for a reason that was not its own.
  void closeAtOnce(String reason) {
    become(
        standing
            .next(BreakerState.CLOSED, around.time().instant(), reason)
            .reopened(Math.max(0, standing.reopenings() - 1)));
  }

  void order(Order order) {
    become(
        standing
            .next(order.state(), around.time().instant(), order.reason())
            .by(Optional.of(order.who()))
            .until(order.until()));
  }

  /// Ends an order. What was shut by it is tested before it is used again.
  void afterOrder(Instant at, String reason, Optional<String> who) {
    BreakerState next =
        now() == BreakerState.FORCED_OPEN ? BreakerState.HALF_OPEN : BreakerState.CLOSED;
    become(standing.next(next, at, reason).by(who));
  }

  /// Stands as an earlier run left it, unless this run knows better already.
  void restore(BreakerChange change) {
    if (!moved) {
      renew();
      standing = Standing.after(change);
    }
  }

  /// Does what time does.
  void advance(Instant now) {
    Optional<Instant> over = standing.until().filter(until -> !now.isBefore(until));
    switch (now()) {
      case OPEN -> over.ifPresent(at -> halve(at, "its time is over; it is to be tested"));
      case FORCED_OPEN, FORCED_CLOSED, OBSERVE_ONLY ->
          over.ifPresent(at -> afterOrder(at, "the order has expired", Optional.empty()));
      case HALF_OPEN -> {
        if (underWay.probeIsLost(now, settings.closing().probeLimit())) {
          open("a probe did not come back in time", standing.reopenings() + 1);
        }
      }
      case RAMPING -> {
        countOverdue(now);
        if (now() == BreakerState.RAMPING && ramp.isOver(now)) {
          become(
              standing.next(
                  BreakerState.CLOSED,
                  now,
                  "all went well while more and more calls went through"));
        }
      }
      case CLOSED -> countOverdue(now);
    }
  }

  /// Calls that hang count as slow while they do: to wait for their end may take minutes.
  private void countOverdue(Instant now) {
    Instant begunBefore = now.minus(slowAfter());
    Optional<Seat> overdue = underWay.overdue(begunBefore);
    while (overdue.isPresent()) {
      around.onOverdue().run();
      Optional<String> reason = signs.note(false, true);
      if (reason.isPresent()) {
        cutOff = false;
        open(reason.get(), openingsForgiven() + 1);
      }
      overdue = underWay.overdue(begunBefore);
    }
  }

  private void become(Standing next) {
    BreakerState from = now();
    renew();
    moved = true;
    standing = next;
    tell(from, next.reason());
  }

  /// Whatever is under way now belongs to the past.
  private void renew() {
    generation++;
    underWay.clear();
    signs.clear();
    ramp = new Ramp(settings.closing(), around.time().instant());
  }

  private void tell(BreakerState from, String reason) {
    around
        .announcements()
        .note(
            new BreakerChange(
                around.time().instant(),
                key,
                from,
                now(),
                reason,
                standing.who(),
                standing.until(),
                standing.reopenings()));
  }
}
