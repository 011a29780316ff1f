package io.tollwatch.dispatch;

import io.tollwatch.attempt.RequestBody;
import io.tollwatch.dispatch.Journey.Step;
import io.tollwatch.exchange.Decision;
import io.tollwatch.profile.Idempotency;
import io.tollwatch.routing.Again;
import io.tollwatch.routing.Attempted;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Claiming;
import io.tollwatch.routing.RepeatRung;
import io.tollwatch.routing.Route;
import io.tollwatch.routing.Standing;
import io.tollwatch.routing.Switchboard;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sends a call whose answer was lost to the same provider again, with the same key and body, if
/// the gate allows it. The attempt before stays in doubt until something proves what it came to:
/// the repeat's answer does where the profile says so. Confined to the call.
final class SameAgain {

  private final ChannelCall call;
  private final Scribe scribe;
  private final Recorder recorder;
  private final Switchboard switchboard;
  private final Set<String> own = new HashSet<>();
  private List<Decision> refused = List.of();

  SameAgain(ChannelCall call, Scribe scribe, Recorder recorder, Switchboard switchboard) {
    this.call = call;
    this.scribe = scribe;
    this.recorder = recorder;
    this.switchboard = switchboard;
  }

  /// The repeat; empty if there is none.
  ///
  /// @param attempts how often the call was sent
  /// @param elapsed since it came
  Optional<Step> after(Ended.Made made, int attempts, Duration elapsed) {
    refused = List.of();
    own.add(made.intent().id());
    if (!call.movesMoney() || !call.channel().repeat()) {
      return Optional.empty();
    }
    Optional<RepeatRung> shut = switchboard.gate().shut(again(made, attempts, elapsed));
    if (shut.isPresent()) {
      return refuse(made, shut.get().reason());
    }
    String provider = made.leg().provider().name();
    Set<String> others = new HashSet<>(call.channel().providers());
    others.remove(provider);
    Route route =
        switchboard
            .router()
            .choose(
                call.channel(), call.wish(), others, "the answer was lost, a repeat is harmless");
    return switch (route) {
      case Route.Exhausted(List<Decision> decisions) -> {
        refused = decisions;
        yield Optional.empty();
      }
      case Route.Chosen chosen -> repeated(made, chosen);
    };
  }

  /// Why there was none, if somebody wanted one.
  List<Decision> refused() {
    return refused;
  }

  private Optional<Step> refuse(Ended.Made made, String reason) {
    refused = List.of(new Decision(Decision.Kind.REFUSED, made.leg().provider().name(), reason));
    return Optional.empty();
  }

  private Again again(Ended.Made made, int attempts, Duration elapsed) {
    Provider provider = made.leg().provider();
    Idempotency idempotency = provider.profile().idempotency();
    return new Again(
        call.channel(),
        made.attempt(),
        idempotency,
        call.reading().certain() && call.identity().key().isPresent(),
        idempotency.lives().filter(life -> isFresh(made, life, elapsed)).isPresent(),
        call.incoming().body() instanceof RequestBody.Streamed,
        provider.refuseRepeats(),
        attempts,
        elapsed,
        switchboard.budgets().hasLeft(call.channel()));
  }

  /// Whether the gateway knows the key from this very call, and from no other: then it is as old as
  /// the call, by the clock that nobody sets. For how long a key lives only says for how long it is
  /// surely remembered: one that was used before may be forgotten just between the two calls,
  /// whatever the wall clock says of its age. What other sidecars sent long ago nobody here knows.
  private boolean isFresh(Ended.Made made, Duration life, Duration elapsed) {
    return call.channel().sharing() == Channel.Sharing.ALONE
        && made.leg().earlier().filter(each -> !own.contains(each.exchange())).isEmpty()
        && switchboard.payments().isFirstWithKey(call.identity(), own)
        && elapsed.plus(call.channel().deadline()).compareTo(life) < 0;
  }

  /// A permit that leads to no leg ends here, whatever is thrown.
  private Optional<Step> repeated(Ended.Made made, Route.Chosen chosen) {
    boolean used = false;
    try {
      Scribe.Draft draft =
          call.draft(
              scribe, chosen.provider(), Optional.of(made.intent().id()), chosen.decisions());
      Attempted next =
          new Attempted(
              draft.intent().id(), chosen.provider(), call.identity(), draft.intent().startedAt());
      Claiming claimed = switchboard.payments().claim(next, call.operation(), false);
      if (!(claimed instanceof Claiming.Granted(Optional<Standing> earlier))) {
        return refuse(made, "the payment could not be claimed for a repeat");
      }
      switchboard.budgets().moved(call.channel());
      recorder.settle(made.intent(), made.outcome(chosen.decisions()));
      switchboard
          .payments()
          .settle(made.intent().id(), made.outcome().claimed(), made.outcome().payment());
      used = true;
      return Optional.of(
          new Step.Send(new Leg(made.leg().provider(), draft, chosen.permit(), earlier)));
    } finally {
      if (!used) {
        chosen.permit().abandon();
      }
    }
  }
}
