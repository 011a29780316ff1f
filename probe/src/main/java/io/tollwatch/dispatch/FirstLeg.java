package io.tollwatch.dispatch;

import io.tollwatch.dispatch.Journey.Step;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.health.Permit;
import io.tollwatch.routing.Attempted;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Claiming;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.Route;
import io.tollwatch.routing.Standing;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.routing.Takers;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Finds where a call through a channel goes first, and claims its payment for that provider before
/// anything is sent. Confined to the call.
///
/// A payment of which an attempt stands goes to that attempt's provider, or nowhere; what works on
/// a payment goes to the provider that took it; anything else to the first that can take it.
final class FirstLeg {

  /// How often a claim may find that another call came first.
  private static final int ROUNDS = 3;

  private static final String FIRST = "first that can take it";

  private final ChannelCall call;
  private final Scribe scribe;
  private final Refusals refusals;
  private final Switchboard switchboard;
  private final Channel channel;
  private final Payments payments;

  FirstLeg(ChannelCall call, Scribe scribe, Refusals refusals, Switchboard switchboard) {
    this.call = call;
    this.scribe = scribe;
    this.refusals = refusals;
    this.switchboard = switchboard;
    this.channel = call.channel();
    this.payments = switchboard.payments();
  }

  Step find() {
    if (!payments.isReady()) {
      return refusals.unroutable(call, Unroutable.NOT_READY, List.of());
    }
    if (call.followsUp()) {
      return toTaker();
    }
    if (!call.movesMoney()) {
      return toFirstHealthy();
    }
    if (channel.requireIdentity() && call.identity().isUnknown()) {
      return refusals.unroutable(call, Unroutable.NO_IDENTITY, List.of());
    }
    return pay();
  }

  private Step toTaker() {
    Optional<String> taker =
        channel.only().or(this::takerInMemory).or(() -> switchboard.takers().taker(named()));
    if (taker.isEmpty() || !channel.providers().contains(taker.get())) {
      return refusals.unroutable(call, Unroutable.UNKNOWN_TAKER, List.of());
    }
    return chosen(only(taker.get(), "it took the payment"), this::join).orElseThrow();
  }

  private Optional<String> takerInMemory() {
    PaymentIdentity paid =
        scribe.reader().paid(call.members().first(), channel.name(), call.reading());
    return payments
        .takerOf(paid)
        .or(() ->
            call.reading()
                .facts()
                .payment()
                .flatMap(payment -> payments.takerOf(channel.name(), payment)));
  }

  private Takers.Named named() {
    return new Takers.Named(
        channel, call.reading().facts().payment(), call.reading().facts().reference());
  }

  private Step toFirstHealthy() {
    return chosen(choose(Set.of(), FIRST), this::join).orElseThrow();
  }

  /// Of what goes nowhere else there is nothing to claim.
  private Claiming join(Attempted attempted) {
    if (call.movesMoney()) {
      payments.join(attempted, call.operation());
    }
    return new Claiming.Granted(Optional.empty());
  }

  private Step pay() {
    for (int round = 0; round < ROUNDS; round++) {
      Optional<Standing> standing = payments.standing(call.identity());
      if (standing.isPresent() && !channel.providers().contains(standing.get().provider())) {
        return refusals.standing(
            call,
            standing.get(),
            "an earlier attempt stands at a provider that the channel no longer has",
            List.of());
      }
      Route route = standing.map(this::toStanding).orElseGet(this::toFirst);
      if (standing.isPresent() && route instanceof Route.Exhausted(List<Decision> decisions)) {
        return refusals.standing(
            call, standing.get(), "the provider of an earlier attempt is forced open", decisions);
      }
      if (route instanceof Route.Exhausted(List<Decision> decisions)) {
        return nowhere(decisions);
      }
      Optional<Step> step = chosen(route, this::claim);
      if (step.isPresent()) {
        return step.get();
      }
    }
    return payments
        .standing(call.identity())
        .map(other ->
            refusals.standing(call, other, "another call of the payment came first", List.of()))
        .orElseGet(() -> refusals.unroutable(call, Unroutable.NO_PROVIDER, List.of()));
  }

  /// Another call of the payment may have come while providers were asked for leave: its caller
  /// must not be told that nothing was sent.
  private Step nowhere(List<Decision> decisions) {
    return payments
        .standing(call.identity())
        .map(other ->
            refusals.standing(call, other, "another call of the payment came first", decisions))
        .orElseGet(() -> refusals.unroutable(call, Unroutable.NO_PROVIDER, decisions));
  }

  private Claiming claim(Attempted attempted) {
    return payments.claim(
        attempted, call.operation(), channel.sameReference() == Channel.SameReference.FORWARD);
  }

  private Route toStanding(Standing standing) {
    return only(standing.provider(), "an earlier attempt of the payment stands there");
  }

  /// What can't be told from its own repeat for sure goes to the first provider only, so that the
  /// repeat does too.
  private Route toFirst() {
    if (call.reading().certain()) {
      return choose(Set.of(), FIRST);
    }
    Set<String> others = new HashSet<>(channel.providers());
    others.remove(channel.first());
    return choose(others, "first choice, because a repeat could not be told for sure");
  }

  private Route choose(Set<String> passedOver, String reason) {
    return switchboard.router().choose(channel, call.wish(), passedOver, reason);
  }

  private Route only(String provider, String reason) {
    return switchboard.router().only(provider, call.wish(), reason);
  }

  /// Empty if another call came first, so that it must be routed anew.
  private Optional<Step> chosen(Route route, Function<Attempted, Claiming> claim) {
    return switch (route) {
      case Route.Exhausted exhausted ->
          Optional.of(refusals.unroutable(call, Unroutable.NO_PROVIDER, exhausted.decisions()));
      case Route.Chosen chosen -> claimed(chosen, claim);
    };
  }

  /// A permit that leads to no leg ends here, whatever is thrown.
  private Optional<Step> claimed(Route.Chosen chosen, Function<Attempted, Claiming> claim) {
    Permit permit = chosen.permit();
    boolean used = false;
    try {
      Scribe.Draft draft =
          call.draft(scribe, chosen.provider(), Optional.empty(), chosen.decisions());
      Attempted attempted =
          new Attempted(
              draft.intent().id(), chosen.provider(), call.identity(), draft.intent().startedAt());
      Optional<Step> step =
          switch (claim.apply(attempted)) {
            case Claiming.Granted(Optional<Standing> earlier) ->
                Optional.of(
                    new Step.Send(
                        new Leg(
                            call.members().provider(chosen.provider()), draft, permit, earlier)));
            case Claiming.Bound _ -> Optional.empty();
            case Claiming.Refused(Standing earlier, String reason) ->
                Optional.of(refusals.standing(call, earlier, reason, List.of()));
          };
      used = step.filter(Step.Send.class::isInstance).isPresent();
      return step;
    } finally {
      if (!used) {
        permit.abandon();
      }
    }
  }
}
