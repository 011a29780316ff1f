package io.tollwatch.dispatch;

import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Intent;
import io.tollwatch.routing.Attempted;
import io.tollwatch.routing.Claiming;
import io.tollwatch.routing.Move;
import io.tollwatch.routing.Route;
import io.tollwatch.routing.Ruling;
import io.tollwatch.routing.Rung;
import io.tollwatch.routing.Standing;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The way of a call through a channel: to one provider, and to another one only if the gate allows
/// it. Each decision, taken or refused, is kept with the exchange.
final class ChannelJourney implements Journey {

  private final ChannelCall call;
  private final Scribe scribe;
  private final Recorder recorder;
  private final Switchboard switchboard;
  private final LongSupplier nanos;
  private final long begunNanos;
  private final SameAgain repeats;
  private final Set<String> tried = new HashSet<>();
  private int attempts;

  /// An attempt of another sidecar that was found in the way.
  private Optional<Standing> elsewhere = Optional.empty();

  ChannelJourney(
      Members members,
      Incoming incoming,
      Scribe scribe,
      Recorder recorder,
      Switchboard switchboard,
      LongSupplier nanos) {
    this.begunNanos = nanos.getAsLong();
    this.call = ChannelCall.read(members, incoming, scribe.reader());
    this.scribe = scribe;
    this.recorder = recorder;
    this.switchboard = switchboard;
    this.nanos = nanos;
    this.repeats = new SameAgain(call, scribe, recorder, switchboard);
  }

  @Override
  public Step begin() {
    switchboard.budgets().called(call.channel());
    return new FirstLeg(call, scribe, new Refusals(scribe, recorder), switchboard).find();
  }

  @Override
  public Step after(Ended.Made made) {
    tried.add(made.leg().provider().name());
    attempts++;
    Optional<String> next = nextInLine();
    if (isOver(made)) {
      return stop(made, List.of());
    }
    Optional<Step> again = repeats.after(made, attempts, elapsed());
    if (again.isPresent()) {
      return again.get();
    }
    if (next.isEmpty()) {
      return stop(made, repeats.refused());
    }
    Move move = move(made);
    return switch (switchboard.gate().ask(move)) {
      case Ruling.Shut(Rung _, String reason) ->
          stop(made, and(repeats.refused(), refused(next.get(), reason)));
      case Ruling.Open() -> goOn(made, move);
    };
  }

  private static List<Decision> and(List<Decision> first, List<Decision> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - begunNanos);
  }

  /// A provider that could come next, if there is one: what follows a payment up has none.
  private Optional<String> nextInLine() {
    return call.followsUp()
        ? Optional.empty()
        : call.channel().providers().stream()
            .filter(provider -> !tried.contains(provider))
            .findFirst();
  }

  /// Whether there is nothing to decide: it went well, or nobody waits any longer.
  private static boolean isOver(Ended.Made made) {
    return switch (made.outcome().verdict().money()) {
      case SUCCEEDED, PENDING -> true;
      case NONE -> made.attempt().progress() == Progress.ANSWERED;
      case NOT_SENT, REJECTED, IN_DOUBT -> Sending.isOurs(made.attempt());
    };
  }

  private Move move(Ended.Made made) {
    boolean sent = made.outcome().verdict().money() != Money.NOT_SENT;
    return new Move(
        call.channel(),
        call.operation(),
        made.attempt(),
        made.receiving().streaming(),
        made.outcome().verdict(),
        scribe.reader().immovable(call.members().first(), call.incoming(), call.reading()),
        call.incoming().body() instanceof RequestBody.Streamed,
        !call.identity().isUnknown(),
        switchboard.payments().rival(made.intent().id(), call.identity()),
        tried.size(),
        switchboard
                .payments()
                .triesSince(call.identity(), made.intent().startedAt().minus(Rung.TRIES_WITHIN))
            + (sent ? 1 : 0),
        elapsed(),
        switchboard.budgets().hasLeft(call.channel()),
        true);
  }

  private Step goOn(Ended.Made made, Move move) {
    String reason = "%s: %s".formatted(made.leg().provider().name(), told(made));
    Route route =
        switchboard.router().choose(call.channel(), call.wish(), Set.copyOf(tried), reason);
    return switch (route) {
      case Route.Exhausted(List<Decision> decisions) -> stop(made, decisions);
      case Route.Chosen chosen -> moved(made, move, chosen);
    };
  }

  private static String told(Ended.Made made) {
    return switch (made.attempt().progress()) {
      case UNSENT -> "nothing was sent";
      case MAYBE_SENT, ANSWERED -> "refused for good, " + made.outcome().verdict().rule();
    };
  }

  /// Moves the payment to the provider that was chosen, unless another call of it came in between.
  /// A permit that leads to no leg ends here, whatever is thrown.
  private Step moved(Ended.Made made, Move move, Route.Chosen chosen) {
    boolean used = false;
    try {
      Scribe.Draft draft =
          call.draft(
              scribe, chosen.provider(), Optional.of(made.intent().id()), chosen.decisions());
      Move claimed = claim(made, move, draft.intent(), chosen.provider());
      if (switchboard.gate().ask(claimed) instanceof Ruling.Shut(Rung _, String reason)) {
        return stop(made, refused(chosen.provider(), reason));
      }
      switchboard.budgets().moved(call.channel());
      recorder.settle(made.intent(), made.outcome(chosen.decisions()));
      used = true;
      return new Step.Send(
          new Leg(
              call.members().provider(chosen.provider()),
              draft,
              chosen.permit(),
              Optional.empty()));
    } finally {
      if (!used) {
        chosen.permit().abandon();
      }
    }
  }

  /// Moves the claim.
  ///
  /// @return the question to the gate, with whatever is in the way
  private Move claim(Ended.Made made, Move move, Intent next, String provider) {
    if (!call.movesMoney()) {
      return move;
    }
    Attempted attempted = new Attempted(next.id(), provider, call.identity(), next.startedAt());
    Optional<Standing> rival =
        switchboard
            .payments()
            .move(made.intent().id(), made.outcome().claimed(), attempted, call.operation());
    if (rival.isPresent()) {
      return move.against(rival.get());
    }
    return call.isShared() ? claimShared(made, move, attempted) : move;
  }

  private Move claimShared(Ended.Made made, Move move, Attempted next) {
    Claiming moved = switchboard.shared().move(made.intent().id(), next);
    if (moved instanceof Claiming.Granted(Optional<Standing> earlier) && earlier.isEmpty()) {
      return move;
    }
    switchboard.payments().settle(next.exchange(), Money.NOT_SENT, Optional.empty());
    if (moved instanceof Claiming.Unconfirmed(String _, boolean perhaps) && perhaps) {
      switchboard.shared().release(next.exchange());
    }
    return switch (moved) {
      case Claiming.Bound(Standing other) -> against(move, other);
      case Claiming.Refused(Standing other, String _) -> against(move, other);
      case Claiming.Granted(Optional<Standing> earlier) when earlier.isPresent() ->
          against(move, earlier.get());
      case Claiming.Granted _, Claiming.Unconfirmed _ -> move.unclaimed();
    };
  }

  private Move against(Move move, Standing other) {
    elsewhere = Optional.of(other);
    return move.against(other);
  }

  private static List<Decision> refused(String provider, String reason) {
    return List.of(new Decision(Decision.Kind.REFUSED, provider, reason));
  }

  private Step stop(Ended.Made made, List<Decision> decisions) {
    recorder.settle(made.intent(), made.outcome(decisions));
    if (call.movesMoney()) {
      switchboard
          .payments()
          .settle(made.intent().id(), made.outcome().claimed(), made.outcome().payment());
    }
    return new Step.Stop(
        made.reply(made.earlier(switchboard.payments(), call.identity(), elsewhere)));
  }
}
