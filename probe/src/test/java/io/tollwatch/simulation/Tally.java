package io.tollwatch.simulation;

import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.taxonomy.Money;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// How often things happen in worlds, to see that a simulation is not empty. Confined to one
/// thread.
final class Tally {

  /// What is counted.
  enum Event {
    /// A world.
    WORLD,
    /// The sidecar was killed, and another one took over.
    RESTART,
    /// A client's call.
    CALL,
    /// A call whose payment another one made before.
    REPEAT,
    /// A call that began while another one of its payment ran.
    BESIDE,
    /// A call that named its gateway.
    DIRECT,
    /// A call that went on to another gateway.
    MOVE,
    /// A call that was sent to the same gateway again.
    AGAIN,
    /// A call whose key the gateway had forgotten.
    FORGOTTEN,
    /// A call that was moved, and then was taken there.
    SAVED,
    /// A call that nothing was sent of.
    REFUSED,
    /// A client was told that it is not known.
    IN_DOUBT,
    /// A client was told that it comes later.
    PENDING,
    /// A client was told nothing, because the sidecar was killed or the answer passed through.
    UNTOLD,
    /// A gateway took a payment.
    TAKEN,
    /// A doubt was settled by asking.
    BY_LOOKUP,
    /// A doubt was settled by a repeat of the client's.
    BY_REPEAT,
    /// A doubt was settled by a webhook.
    BY_WEBHOOK,
    /// A doubt was settled by a cancel.
    BY_CANCEL,
    /// What was taken was given back by a cancel.
    UNDONE,
    /// A payment was wanted back.
    FOLLOW_UP,
    /// A doubt was found to be taken.
    FOUND_TAKEN,
    /// A doubt was found not to be taken.
    FOUND_NOT_TAKEN,
    /// A doubt that nothing settles but people.
    LEFT
  }

  private final Map<Event, Long> counts = new EnumMap<>(Event.class);

  long of(Event event) {
    return counts.getOrDefault(event, 0L);
  }

  void add(World world) {
    count(Event.WORLD, true);
    counts.merge(Event.RESTART, world.restarts(), Long::sum);
    counts.merge(Event.LEFT, (long) world.sidecar().doubts.list().size(), Long::sum);
    counts.merge(Event.FOLLOW_UP, (long) world.followUps.size(), Long::sum);
    world.calls.forEach(call -> add(world, call));
    world.entries.forEach(this::add);
  }

  private void add(World world, Call call) {
    count(Event.CALL, true);
    count(Event.DIRECT, call.wish.direct().isPresent());
    boolean again = call.legs.stream().anyMatch(leg -> leg.again);
    count(Event.MOVE, call.legs.size() > 1 && !again);
    count(Event.AGAIN, again);
    count(Event.FORGOTTEN, call.legs.stream().anyMatch(leg -> leg.forgot));
    count(Event.SAVED, call.legs.size() > 1 && isTaken(call.legs.getLast()));
    count(Event.REFUSED, call.legs.isEmpty());
    count(Event.IN_DOUBT, call.told.equals(Optional.of(Money.IN_DOUBT)));
    count(Event.PENDING, call.told.equals(Optional.of(Money.PENDING)));
    count(Event.UNTOLD, call.told.isEmpty());
    call.legs.forEach(leg -> count(Event.TAKEN, isTaken(leg)));
    call.legs.forEach(leg -> count(Event.UNDONE, isUndone(leg)));
    boolean repeat = false;
    boolean beside = false;
    for (Call other : world.calls.subList(0, call.number)) {
      boolean same = other.wish.isSamePaymentAs(call.wish);
      repeat |= same;
      beside |= same && other.toldTick > call.beganTick;
    }
    count(Event.REPEAT, repeat);
    count(Event.BESIDE, beside);
  }

  private static boolean isTaken(Call.Leg leg) {
    Charge charge = leg.charge;
    return charge != null && charge.isTaken();
  }

  private static boolean isUndone(Call.Leg leg) {
    Charge charge = leg.charge;
    return charge != null && charge.state == Charge.State.UNDONE;
  }

  private void add(Entry entry) {
    if (entry instanceof Resolution resolution) {
      count(Event.BY_LOOKUP, resolution.by() == Resolution.By.LOOKUP);
      count(Event.BY_REPEAT, resolution.by() == Resolution.By.REPEAT);
      count(Event.BY_WEBHOOK, resolution.by() == Resolution.By.EVIDENCE);
      count(Event.BY_CANCEL, resolution.by() == Resolution.By.CANCEL);
      count(Event.FOUND_TAKEN, resolution.money() == Money.SUCCEEDED);
      count(Event.FOUND_NOT_TAKEN, resolution.money() == Money.REJECTED);
    }
  }

  private void count(Event event, boolean happened) {
    counts.merge(event, happened ? 1L : 0L, Long::sum);
  }

  /// As often as in a thousand worlds.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("in 1,000 of " + of(Event.WORLD) + " worlds:");
    counts.forEach((event, count) ->
        text.append(" %s %d,".formatted(event, count * 1000 / Math.max(1, of(Event.WORLD)))));
    return text.substring(0, text.length() - 1);
  }
}
