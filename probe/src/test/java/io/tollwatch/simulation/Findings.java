package io.tollwatch.simulation;

import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.reconcile.Doubt;
import io.tollwatch.routing.Channel;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What is wrong in a world that was played, by its gateways' books. Shares no code with the gate.
final class Findings {

  private final World world;
  private final List<Charge> taken = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  private Findings(World world) {
    this.world = world;
    world.gateways.forEach(
        gateway -> gateway.book.stream().filter(Charge::isTaken).forEach(taken::add));
  }

  static List<String> of(World world) {
    Findings findings = new Findings(world);
    findings.takenTwice();
    world.calls.forEach(findings::told);
    world.entries.forEach(findings::resolved);
    world.sidecar().doubts.list().forEach(findings::leftInDoubt);
    findings.permits();
    world.calls.forEach(call -> findings.wrong.addAll(Moves.wrong(call, world.calls)));
    return findings.wrong;
  }

  /// No payment is taken at two providers, or twice at one, but where the client named them.
  private void takenTwice() {
    for (Charge one : taken) {
      for (Charge other : taken) {
        if (one != other && one.call.wish.isSamePaymentAs(other.call.wish)) {
          takenTwice(one, other);
        }
      }
    }
  }

  /// @param later if the other one came before it
  private void takenTwice(Charge earlier, Charge later) {
    Call.Leg first = leg(earlier);
    Call.Leg second = leg(later);
    boolean chosen = later.call.wish.direct().isEmpty() && first.sentTick < second.decidedTick;
    if (chosen && (first.gateway != second.gateway || isRefused(earlier.call, later.call))) {
      wrong.add(
          "taken at %s and %s: %s, %s"
              .formatted(first.gateway.name, second.gateway.name, earlier.call, later.call));
    }
    boolean both = earlier.call.wish.direct().isEmpty() && later.call.wish.direct().isEmpty();
    if (both
        && first.gateway != second.gateway
        && earlier.call.number < later.call.number
        && !chosen) {
      wrong.add(
          "taken at both %s and %s: %s, %s"
              .formatted(first.gateway.name, second.gateway.name, earlier.call, later.call));
    }
  }

  /// Whether the channel should have refused the later call, which has the other one's reference.
  private boolean isRefused(Call earlier, Call later) {
    return later.channel.sameReference() == Channel.SameReference.REFUSE
        && earlier != later
        && world.calls.stream()
            .noneMatch(each -> each.number < later.number && each.wish.hasKeyOf(later.wish));
  }

  private static Call.Leg leg(Charge charge) {
    return charge.call.legs.stream()
        .filter(each -> each.charge == charge)
        .findFirst()
        .orElseThrow();
  }

  /// None is taken and told to its client as rejected or not sent.
  private void told(Call call) {
    if (!call.told.equals(Optional.of(Money.REJECTED))
        && !call.told.equals(Optional.of(Money.NOT_SENT))) {
      return;
    }
    for (Charge charge : taken) {
      boolean before =
          call.wish.direct().isEmpty()
              && charge.call.wish.isSamePaymentAs(call.wish)
              && leg(charge).sentTick < call.beganTick;
      if (charge.call == call || before) {
        wrong.add("taken, yet not told so: %s, %s".formatted(charge.call, call));
      }
    }
  }

  /// What a doubt came to is what the book says.
  private void resolved(Entry entry) {
    if (!(entry instanceof Resolution resolution)) {
      return;
    }
    World.Intended of = Objects.requireNonNull(world.intents.get(resolution.exchange()));
    boolean paid =
        taken.stream()
            .filter(each -> leg(each).gateway.name.equals(of.provider()))
            .anyMatch(each -> each.call == of.call() || each.call.wish.hasKeyOf(of.call().wish));
    boolean perhaps =
        taken.stream()
            .filter(each -> leg(each).gateway.name.equals(of.provider()))
            .anyMatch(each -> each.reference.equals(of.call().wish.reference()));
    if (resolution.money() == Money.REJECTED && paid) {
      wrong.add("taken, yet found not taken: %s, %s".formatted(resolution, of.call()));
    }
    if (resolution.money() == Money.SUCCEEDED && !paid && !perhaps) {
      wrong.add("not taken, yet found taken: %s, %s".formatted(resolution, of.call()));
    }
  }

  /// Each doubt is resolved that the gateway can tell of.
  private void leftInDoubt(Doubt doubt) {
    World.Intended of = Objects.requireNonNull(world.intents.get(doubt.exchange()));
    Call.Wish wish = of.call().wish;
    boolean alone =
        wish.seenReference().isPresent()
            && world.calls.stream()
                .filter(each -> each != of.call())
                .filter(each -> each.wish.reference().equals(wish.reference()))
                .allMatch(each ->
                    each.wish.hasKeyOf(wish) && each.wish.invoice() == wish.invoice());
    boolean paid =
        taken.stream()
            .anyMatch(
                each -> each.call == of.call() && leg(each).gateway.name.equals(of.provider()));
    boolean plain = wish.channel().equals(World.WALLET);
    boolean tellable = (alone && (plain || paid)) || (!plain && doubt.payment().isPresent());
    if (doubt.operation() == Operation.PAY && tellable) {
      wrong.add("left in doubt: %s, %s".formatted(doubt, of.call()));
    }
  }

  /// Every permit ends exactly once.
  private void permits() {
    long others = world.permits.stream().filter(permit -> permit.ends != 1).count();
    if (others > 0) {
      wrong.add(others + " permits did not end exactly once");
    }
  }
}
