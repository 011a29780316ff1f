package io.tollwatch.simulation;

import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.reconcile.Doubt;
import io.tollwatch.routing.Channel;
import io.tollwatch.simulation.Call.Leg;
import io.tollwatch.simulation.Call.Wish;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What is wrong in a world that was played, by its gateways' books. Shares no code with the gate.
final class Findings {

  private final World world;
  private final List<Taken> taken = new ArrayList<>();
  private final Set<String> unsent = new HashSet<>();
  private final List<String> wrong = new ArrayList<>();

  /// A payment that a gateway's book has as taken.
  private record Taken(Charge charge, Call call, Leg leg) {

    boolean at(String provider) {
      return leg.gateway.name.equals(provider);
    }
  }

  private Findings(World world) {
    this.world = world;
    for (Call call : world.calls) {
      for (Leg leg : call.legs) {
        Charge charge = leg.charge;
        if (charge != null && charge.wasTaken()) {
          taken.add(new Taken(charge, call, leg));
        }
      }
    }
    for (Entry entry : world.entries) {
      if (entry instanceof Outcome outcome && outcome.progress() == Progress.UNSENT) {
        unsent.add(outcome.id());
      }
    }
  }

  static List<String> of(World world) {
    Findings findings = new Findings(world);
    findings.unrecorded();
    findings.takenTwice();
    world.calls.forEach(findings::told);
    world.entries.forEach(findings::resolved);
    world.sidecar().doubts.list().forEach(findings::leftInDoubt);
    findings.taken.forEach(findings::undone);
    findings.permits();
    world.followUps.forEach(findings::strayed);
    world.calls.forEach(call -> findings.wrong.addAll(Moves.wrong(call, world.calls)));
    return findings.wrong;
  }

  /// Nothing reached a gateway of which the ledger knows nothing.
  private void unrecorded() {
    Set<String> recorded = new HashSet<>();
    world.entries.stream()
        .filter(Intent.class::isInstance)
        .forEach(entry -> recorded.add(((Intent) entry).id()));
    for (Call call : world.calls) {
      call.legs.stream()
          .filter(leg -> !recorded.contains(leg.exchange))
          .forEach(leg -> wrong.add("sent, yet not recorded: " + call));
    }
  }

  /// No payment is taken at two gateways, or twice at one. What a client sent to a gateway that it
  /// named was no choice of Tollwatch's (P1: such a repeat is forwarded), so only the later one of
  /// two counts, and only if it went through a channel.
  private void takenTwice() {
    for (Taken earlier : taken) {
      for (Taken later : taken) {
        if (earlier.leg.claimTick < later.leg.claimTick
            && earlier.charge.isTakenAt(later.leg.claimTick)
            && later.call.wish.direct().isEmpty()
            && earlier.call.wish.isSamePaymentAs(later.call.wish)
            && !isWanted(earlier, later)) {
          wrong.add(
              "taken at %s and %s: %s, %s"
                  .formatted(
                      earlier.leg.gateway.name, later.leg.gateway.name, earlier.call, later.call));
        }
      }
    }
  }

  /// What the client itself repeats when the gateway may have forgotten its key is its own choice.
  /// A call with another key is another payment at the gateway, and so may be taken beside one with
  /// its reference, at the same gateway: where the channel says `same-reference: forward`, and for
  /// the repeats of such a payment, whose own key binds them (P1: goes to that provider only).
  private boolean isWanted(Taken earlier, Taken later) {
    Wish wish = later.call.wish;
    boolean here = earlier.leg.gateway == later.leg.gateway && !earlier.call.wish.isRepeatOf(wish);
    if (earlier.leg.gateway == later.leg.gateway && later.leg.forgot && !later.leg.again) {
      return true;
    }
    boolean forwarded = later.call.channel.sameReference() == Channel.SameReference.FORWARD;
    return here && (forwarded || ownAttempts(later).findAny().isPresent());
  }

  /// Attempts with its key that were claimed before, for the same gateway: sent, or not known yet
  /// to be unsent when the later one was claimed.
  private Stream<World.Intended> ownAttempts(Taken later) {
    Stream<World.Intended> running =
        world.ends.entrySet().stream()
            .filter(end -> end.getValue() > later.leg.claimTick)
            .map(end -> Objects.requireNonNull(world.intents.get(end.getKey())))
            .filter(each -> later.at(each.provider()));
    return Stream.concat(attemptsAt(later.leg.gateway.name), running)
        .filter(each -> each.call() != later.call && each.call().wish.isRepeatOf(later.call.wish))
        .filter(each -> each.tick() < later.leg.claimTick);
  }

  /// What was sent there, or was on its way when the sidecar was killed: nobody knows how far.
  private Stream<World.Intended> attemptsAt(String provider) {
    return world.intents.entrySet().stream()
        .filter(each -> each.getValue().provider().equals(provider))
        .filter(each -> !unsent.contains(each.getKey()))
        .map(Map.Entry::getValue);
  }

  /// None is taken and told to its client as rejected or not sent, be it by that call or by an
  /// earlier one of the same payment (the money that is told is the payment's, not the call's).
  private void told(Call call) {
    if (!call.told.equals(Optional.of(Money.REJECTED))
        && !call.told.equals(Optional.of(Money.NOT_SENT))) {
      return;
    }
    for (Taken each : taken) {
      boolean known =
          each.call.wish.isSamePaymentAs(call.wish) && each.leg.claimTick < call.knownUntil();
      if ((each.call == call || known) && each.charge.isTakenAt(call.toldTick)) {
        wrong.add("taken, yet not told so: %s, %s".formatted(each.call, call));
      }
    }
  }

  /// What a doubt came to is what the book says.
  private void resolved(Entry entry) {
    if (!(entry instanceof Resolution resolution) || resolution.by() == Resolution.By.HAND) {
      return; // what people say they answer for
    }
    World.Intended of = Objects.requireNonNull(world.intents.get(resolution.exchange()));
    Wish wish = of.call().wish;
    List<Taken> own =
        taken.stream()
            .filter(each -> each.at(of.provider()))
            .filter(each -> each.call == of.call() || each.call.wish.isRepeatOf(wish))
            .toList();
    long tick = world.tickOf(resolution);
    if (resolution.money() == Money.REJECTED
        && own.stream()
            .filter(
                each -> each.call == of.call() || isKnownOf(each, of, resolution.exchange(), tick))
            .anyMatch(each -> each.charge.isTakenAt(tick))) {
      wrong.add("taken, yet found not taken: %s, %s".formatted(resolution, of.call()));
    }
    if (resolution.money() == Money.SUCCEEDED
        && own.isEmpty()
        && !isOfOneOrder(of)
        && !isHidden(of)) {
      wrong.add("not taken, yet found taken: %s, %s".formatted(resolution, of.call()));
    }
  }

  /// Whether the gateway had taken it then and knew it as one with that exchange's: not if it has
  /// forgotten the key in between. That it was taken is true of both, since the payment was.
  private static boolean isKnownOf(Taken each, World.Intended of, String exchange, long tick) {
    int generation =
        of.call().legs.stream()
            .filter(leg -> leg.exchange.equals(exchange))
            .map(leg -> leg.generation)
            .findFirst()
            .orElse(0);
    return each.charge.enteredTick < tick && each.leg.generation == generation;
  }

  /// A plain gateway has one order of each reference, which all calls with it are about.
  private boolean isOfOneOrder(World.Intended of) {
    return hasOrders(of.provider())
        && taken.stream()
            .filter(each -> each.at(of.provider()))
            .anyMatch(each -> each.charge.reference.equals(of.call().wish.reference()));
  }

  /// Another payment was taken there under its reference, of which nobody but the gateway knows: a
  /// body that passes through is not read.
  private boolean isHidden(World.Intended of) {
    return taken.stream()
        .filter(each -> each.at(of.provider()) && each.call.wish.streamed())
        .anyMatch(each -> each.charge.reference.equals(of.call().wish.reference()));
  }

  /// Each doubt is resolved that the gateway can tell of.
  private void leftInDoubt(Doubt doubt) {
    if (doubt.operation() != Operation.PAY) {
      return; // the profiles' lookups are of payments
    }
    World.Intended of = Objects.requireNonNull(world.intents.get(doubt.exchange()));
    boolean byId = of.call().wish.channel().equals(World.CARD) && doubt.payment().isPresent();
    boolean told = byId || isTold(of) || isHeard(of) || isEnded(of);
    if (told) {
      wrong.add("left in doubt: %s, %s".formatted(doubt, of.call()));
    }
  }

  /// Whether a search by its reference tells what became of it. Stripe's only tells of what was
  /// taken: it may be late by any time (its profile has no absence). And where another payment may
  /// have gone to that gateway under its reference, with another key or of another operation (an
  /// unknown POST may be a payment), what is found may be the other one.
  private boolean isTold(World.Intended of) {
    Wish wish = of.call().wish;
    boolean alone =
        attemptsAt(of.provider())
            .map(World.Intended::call)
            .filter(each -> each != of.call() && each.wish.hasReferenceOf(wish))
            .allMatch(each -> each.wish.isRepeatOf(wish));
    boolean found =
        hasOrders(of.provider())
            || taken.stream()
                .filter(each -> each.at(of.provider()))
                .anyMatch(each -> each.call == of.call() || each.call.wish.isRepeatOf(wish));
    boolean asked = wish.channel().equals(World.CARD) || hasOrders(of.provider());
    return asked && wish.seenReference().isPresent() && alone && found;
  }

  /// Whether a cancel ends it: the only call with its key, of which nobody says that it was taken
  /// or will be.
  private boolean isEnded(World.Intended of) {
    Wish wish = of.call().wish;
    boolean alone =
        world.calls.stream()
            .filter(each -> each != of.call())
            .noneMatch(each -> each.wish.isSamePaymentAs(wish));
    return wish.channel().equals(World.WALLET)
        && !hasOrders(of.provider())
        && world.cancels(of.provider())
        && wish.key().isPresent()
        && alone
        && of.call().legs.size() == 1
        && of.call().told.filter(money -> money == Money.IN_DOUBT).isPresent();
  }

  /// Whether a webhook was relayed that names it by its key.
  private boolean isHeard(World.Intended of) {
    return taken.stream()
        .filter(each -> each.at(of.provider()) && world.isTold(each.leg.gateway, each.charge))
        .anyMatch(each -> each.call.wish.isRepeatOf(of.call().wish));
  }

  /// What somebody was told to be taken is not given back: be it by a call of that payment, or by
  /// what a doubt of it came to.
  private void undone(Taken given) {
    String provider = given.leg.gateway.name;
    if (given.charge.isTaken()) {
      return;
    }
    Predicate<Call> same =
        call ->
            call == given.call
                || given.call.wish.isRepeatOf(call.wish)
                || (hasOrders(provider) && given.call.wish.isSamePaymentAs(call.wish));
    boolean told =
        world.calls.stream()
            .filter(same)
            .filter(call -> call.told.equals(Optional.of(Money.SUCCEEDED)))
            .anyMatch(call -> taken.stream().noneMatch(each -> tells(each, call)));
    boolean found =
        world.entries.stream()
            .filter(entry -> entry instanceof Resolution each && each.money() == Money.SUCCEEDED)
            .map(
                entry -> Objects.requireNonNull(world.intents.get(((Resolution) entry).exchange())))
            .anyMatch(of -> of.provider().equals(provider) && same.test(of.call()));
    if (told || found) {
      wrong.add("undone, yet known to be taken: " + given.call);
    }
  }

  /// Whether that a payment was taken is true of a call for the sake of that one, which was not
  /// given back. One that reached nobody was told of the payment that stood in its way, which may
  /// only have its reference.
  private static boolean tells(Taken other, Call call) {
    boolean same =
        call.legs.stream().allMatch(leg -> leg.fault == Fault.REFUSED)
            ? other.call.wish.isSamePaymentAs(call.wish)
            : other.call.wish.isRepeatOf(call.wish);
    return other.charge.isTaken() && (other.call == call || same);
  }

  /// Whether that gateway has one order of each reference.
  private boolean hasOrders(String provider) {
    return world.gateways.stream()
        .anyMatch(each -> each.name.equals(provider) && each.plain && each.ending.hasOrders());
  }

  /// What works on a payment goes to the gateway that has it, or nowhere.
  private void strayed(FollowUp followUp) {
    if (followUp.sent().filter(sent -> !sent.equals(followUp.taker())).isPresent()) {
      wrong.add("a follow-up went elsewhere: " + followUp);
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
