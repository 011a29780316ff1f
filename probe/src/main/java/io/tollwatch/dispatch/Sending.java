package io.tollwatch.dispatch;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.Recorded;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.SharedClaims;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.Phase;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Makes the attempt of one leg: links it to what it repeats, records the intent, sends, judges.
/// Thread-safe.
final class Sending {

  private final Scribe scribe;
  private final Recorder recorder;
  private final Payments payments;
  private final SharedClaims shared;
  private final boolean strict;
  private final Repeats repeats = new Repeats();
  private final SamePayments samePayments = new SamePayments();

  /// Names of providers; bounded by their number.
  private final Set<String> passedUnread = ConcurrentHashMap.newKeySet();

  /// @param strict whether a call that can't be recorded is refused (P2 before P4)
  Sending(Scribe scribe, Recorder recorder, Switchboard switchboard, boolean strict) {
    this.scribe = scribe;
    this.recorder = recorder;
    this.payments = switchboard.payments();
    this.shared = switchboard.shared();
    this.strict = strict;
  }

  /// Makes the attempt. The leg's permit ends with it, whatever is thrown.
  Ended send(Leg leg, Call call) {
    boolean settled = false;
    try {
      Ended ended = attempt(leg, call);
      if (ended instanceof Ended.Made made && !isOurs(made.attempt())) {
        settled = true;
        tellHealth(made);
      }
      return ended;
    } finally {
      if (!settled) {
        leg.permit().abandon();
      }
    }
  }

  /// Whether payments passed through to that provider whose references nobody here has read.
  boolean hasPassedUnread(String provider) {
    return passedUnread.contains(provider);
  }

  private Ended attempt(Leg leg, Call call) {
    Scribe.Draft draft = leg.draft();
    if (draft.intent().passesUnread()) {
      passedUnread.add(draft.intent().provider());
    }
    Predicate<Repeats.Call> refused =
        earlier -> leg.provider().refuseRepeats() && earlier.mayHaveMoved();
    Optional<Repeats.Call> earlier =
        repeats.note(draft.marks(), draft.intent().id(), draft.intent().startedAt(), refused);
    Optional<String> repeated = earlier.map(Repeats.Call::exchange);
    if (earlier.filter(refused).isPresent()) {
      return new Ended.Halted(refuse(leg, leg.intent(repeated, Optional.empty()), earlier.get()));
    }
    Intent intent = leg.intent(repeated, samePayments.note(draft));
    if (recorder.record(intent) instanceof Recorded.NotKept(String reason) && strict) {
      repeats.withdraw(draft.marks(), intent.id(), earlier);
      samePayments.settle(draft, Money.NOT_SENT);
      return new Ended.Halted(unrecorded(leg, intent, reason));
    }
    return made(leg, intent, call, earlier);
  }

  private Ended made(Leg leg, Intent intent, Call call, Optional<Repeats.Call> earlier) {
    Provider provider = leg.provider();
    Scribe.Draft draft = leg.draft();
    Receiving receiving = new Receiving(provider, intent, call.caller());
    Attempt attempt =
        provider
            .line()
            .send(scribe.request(provider, call.incoming(), intent), receiving, call.gone());
    Outcome outcome =
        scribe.outcome(provider, intent, attempt, receiving.callerGone(), receiving.streaming());
    samePayments.settle(draft, outcome.verdict().money());
    if (attempt.progress() == Progress.UNSENT) {
      repeats.withdraw(draft.marks(), intent.id(), earlier);
    } else {
      repeats.settle(
          draft.marks(),
          intent.id(),
          outcome.verdict().money(),
          intent.startedAt().plus(outcome.timings().total()));
    }
    return new Ended.Made(leg, intent, attempt, outcome, receiving);
  }

  private static void tellHealth(Ended.Made made) {
    Outcome outcome = made.outcome();
    Duration client = outcome.timings().duration(Phase.CLIENT).orElse(Duration.ZERO);
    made.leg().permit().settle(outcome.verdict(), outcome.timings().total().minus(client));
  }

  /// Whether the caller or Tollwatch itself ended it: that says nothing of its provider.
  static boolean isOurs(Attempt attempt) {
    return attempt instanceof Attempt.Broken broken
        && (broken.breakage() == Breakage.CLIENT_ABORT || broken.breakage() == Breakage.SHUTDOWN);
  }

  /// Sends nothing, and records that: whoever was told the exchange's id will look for it.
  private Reply refuse(Leg leg, Intent intent, Repeats.Call earlier) {
    recorder.record(intent);
    recorder.settle(intent, Unjudged.refusal(intent));
    payments.settle(intent.id(), Money.NOT_SENT, Optional.empty());
    return new Reply.Refused(
        intent.id(),
        leg.provider().name(),
        earlier.exchange(),
        earlier.money(),
        "an earlier call with the same key or body stands (duplicates: refuse)");
  }

  /// Sends nothing, because nothing would be left to show that it was sent.
  private Reply unrecorded(Leg leg, Intent intent, String reason) {
    Outcome outcome = Unjudged.unrecorded(intent);
    recorder.tell(intent, outcome);
    payments.settle(intent.id(), Money.NOT_SENT, Optional.empty());
    shared.release(intent.id());
    return new Reply.Unrecorded(intent.id(), leg.provider().name(), reason, outcome.verdict());
  }
}
