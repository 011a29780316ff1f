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
import io.tollwatch.taxonomy.Money;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

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

  /// An attempt of another sidecar that was found to stand.
  private Optional<Standing> elsewhere = Optional.empty();

  /// Whether the payment goes to the first provider or nowhere.
  private boolean onlyFirst;

  FirstLeg(ChannelCall call, Scribe scribe, Refusals refusals, Switchboard switchboard) {
    this.call = call;
    this.scribe = scribe;
    this.refusals = refusals;
    this.switchboard = switchboard;
    this.channel = call.channel();
    this.payments = switchboard.payments();
    this.onlyFirst =
        !call.reading().certain() || call.channel().sharing() == Channel.Sharing.FIRST_ONLY;
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
      Optional<Standing> standing = standing();
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
    return nowhere(List.of());
  }

  /// Another call of the payment may have come while providers were asked for leave, or stand at
  /// another sidecar: its caller must not be told that nothing was sent.
  private Step nowhere(List<Decision> decisions) {
    Optional<Standing> here = standing();
    if (here.isPresent() || !call.isShared()) {
      return here.map(other ->
              refusals.standing(call, other, "another call of the payment came first", decisions))
          .orElseGet(() -> refusals.unroutable(call, Unroutable.NO_PROVIDER, decisions));
    }
    return switch (switchboard.shared().standing(call.identity())) {
      case Claiming.Granted(Optional<Standing> other) ->
          other
              .map(each -> atAnother(each, decisions))
              .orElseGet(() -> refusals.unroutable(call, Unroutable.NO_PROVIDER, decisions));
      case Claiming.Bound(Standing other) -> atAnother(other, decisions);
      case Claiming.Refused(Standing other, String _) -> atAnother(other, decisions);
      case Claiming.Unconfirmed(String reason, boolean _) ->
          refusals.unroutable(
              call, Unroutable.UNCONFIRMED, and(decisions, refused(channel.first(), reason)));
    };
  }

  private Step atAnother(Standing other, List<Decision> decisions) {
    return refusals.standing(
        call, other, "another sidecar's call of the payment stands", decisions);
  }

  private static List<Decision> and(List<Decision> decisions, Decision last) {
    return Stream.concat(decisions.stream(), Stream.of(last)).toList();
  }

  private static Decision refused(String provider, String reason) {
    return new Decision(Decision.Kind.REFUSED, provider, reason);
  }

  private Optional<Standing> standing() {
    return payments.standing(call.identity()).or(() -> elsewhere);
  }

  private Claiming claim(Attempted attempted) {
    boolean followReference = channel.sameReference() == Channel.SameReference.FORWARD;
    Claiming here = payments.claim(attempted, call.operation(), followReference);
    if (!(here instanceof Claiming.Granted(Optional<Standing> earlier)) || !call.isShared()) {
      return here;
    }
    Claiming shared = shared(attempted, earlier, followReference);
    if (!(shared instanceof Claiming.Granted)) {
      payments.settle(attempted.exchange(), Money.NOT_SENT, Optional.empty());
      release(shared, attempted);
    }
    return shared;
  }

  /// Nothing is sent of it, whether the claim was made or not.
  private void release(Claiming claiming, Attempted attempted) {
    if (claiming instanceof Claiming.Unconfirmed(String _, boolean perhaps) && perhaps) {
      switchboard.shared().release(attempted.exchange());
    }
  }

  /// What the other sidecars' claims say of one that was granted here.
  ///
  /// @param earlier an attempt that stands here, at the same provider
  private Claiming shared(
      Attempted attempted, Optional<Standing> earlier, boolean followReference) {
    return switch (switchboard.shared().claim(attempted, followReference)) {
      case Claiming.Granted(Optional<Standing> other) ->
          new Claiming.Granted(earlier.or(() -> other));
      case Claiming.Bound bound -> {
        elsewhere = Optional.of(bound.earlier());
        yield bound;
      }
      case Claiming.Refused refused -> refused;
      case Claiming.Unconfirmed unconfirmed ->
          channel.sharing() == Channel.Sharing.CLAIMS_OR_FIRST
                  && (earlier.isPresent() || attempted.provider().equals(channel.first()))
              ? new Claiming.Granted(earlier)
              : unconfirmed;
    };
  }

  /// The claim of the payment can't be confirmed: where the channel says so, the first provider is
  /// left, for all sidecars alike.
  private Optional<Step> unconfirmed(String provider, String reason) {
    if (channel.sharing() == Channel.Sharing.CLAIMS_OR_FIRST && !onlyFirst) {
      onlyFirst = true;
      return Optional.empty();
    }
    return Optional.of(
        refusals.unroutable(call, Unroutable.UNCONFIRMED, List.of(refused(provider, reason))));
  }

  private Route toStanding(Standing standing) {
    return only(standing.provider(), "an earlier attempt of the payment stands there");
  }

  /// What can't be told from its own repeat for sure goes to the first provider only, so that the
  /// repeat does too; and so does what other sidecars can't be told of.
  private Route toFirst() {
    if (!onlyFirst) {
      return choose(Set.of(), FIRST);
    }
    Set<String> others = new HashSet<>(channel.providers());
    others.remove(channel.first());
    return choose(
        others,
        call.reading().certain()
            ? "first choice, because the other sidecars can't be told of another one"
            : "first choice, because a repeat could not be told for sure");
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
            case Claiming.Unconfirmed(String reason, boolean _) ->
                unconfirmed(chosen.provider(), reason);
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
