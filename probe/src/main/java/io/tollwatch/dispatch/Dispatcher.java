package io.tollwatch.dispatch;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.Verdict;
import io.tollwatch.wire.AnswerReceiver;
import io.tollwatch.wire.CallerWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes calls: the one loop that records, sends, judges and settles. Thread-safe; a call runs on
/// its caller's thread.
///
/// ```
/// incoming -> intent (ledger) -> attempt (wire) -> verdict (classifier) -> outcome (ledger) -> reply
/// ```
public final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Scribe scribe;
  private final Ledger ledger;
  private final Observer observer;
  private final boolean strict;
  private final Repeats repeats = new Repeats();
  private final SamePayments payments = new SamePayments();

  /// A dispatcher that records in this ledger and tells this observer.
  ///
  /// @param strict whether a call that can't be recorded is refused (P2 before P4), rather than
  ///   made
  public Dispatcher(Scribe scribe, Ledger ledger, Observer observer, boolean strict) {
    this.scribe = scribe;
    this.ledger = ledger;
    this.observer = observer;
    this.strict = strict;
  }

  /// Makes one call. Whatever goes wrong on the way is in the reply.
  ///
  /// @param gone through which the call can be broken off while it runs
  public Reply dispatch(Provider provider, Incoming incoming, Caller caller, CallerWatch gone) {
    Scribe.Draft draft = scribe.draft(provider, incoming);
    Predicate<Repeats.Call> refused = call -> provider.refuseRepeats() && call.mayHaveMoved();
    Optional<Repeats.Call> earlier =
        repeats.note(draft.marks(), draft.intent().id(), draft.intent().startedAt(), refused);
    if (earlier.filter(refused).isPresent()) {
      return refuse(linked(draft, earlier, Optional.empty()), earlier.get());
    }
    Intent intent = linked(draft, earlier, payments.note(draft));
    GatewayRequest request = scribe.request(provider, incoming, intent);
    if (record(intent) instanceof Recorded.NotKept(String reason) && strict) {
      repeats.withdraw(draft.marks(), intent.id(), earlier);
      payments.settle(draft, Money.NOT_SENT);
      return unrecorded(intent, reason);
    }
    Receiver receiver = new Receiver(provider, intent, caller);
    Attempt attempt = provider.wire().send(request, receiver, gone);
    Outcome outcome =
        scribe.outcome(provider, intent, attempt, receiver.callerGone, receiver.streaming);
    settle(intent, outcome);
    payments.settle(draft, outcome.verdict().money());
    if (attempt.progress() == Progress.UNSENT) {
      repeats.withdraw(draft.marks(), intent.id(), earlier);
    } else {
      repeats.settle(
          draft.marks(),
          intent.id(),
          outcome.verdict().money(),
          intent.startedAt().plus(outcome.timings().total()));
    }
    return reply(intent, attempt, outcome.verdict(), receiver);
  }

  /// What repeats an earlier call has that one's key, or its body, so it is no duplicate.
  private static Intent linked(
      Scribe.Draft draft, Optional<Repeats.Call> repeated, Optional<String> duplicated) {
    return draft
        .intent()
        .linked(
            repeated.map(Repeats.Call::exchange),
            repeated.isPresent() ? Optional.empty() : duplicated);
  }

  /// Records a call whose body its caller cut before anything was sent.
  public Reply cut(Provider provider, Incoming incoming) {
    Intent intent = scribe.draft(provider, incoming).intent();
    record(intent);
    Attempt attempt =
        new Attempt.Broken(
            Breakage.CLIENT_ABORT,
            Phase.CLIENT,
            Progress.UNSENT,
            "the caller cut its request",
            Optional.empty(),
            CapturedBody.empty(),
            new PhaseTimings(List.of(), 0),
            ConnectionFacts.none());
    Outcome outcome = scribe.outcome(provider, intent, attempt, true, false);
    settle(intent, outcome);
    return new Reply.Lost(intent.id(), Breakage.CLIENT_ABORT, Progress.UNSENT, outcome.verdict());
  }

  /// Sends nothing, and records that: whoever was told the exchange's id will look for it.
  private Reply refuse(Intent intent, Repeats.Call earlier) {
    record(intent);
    settle(intent, scribe.refusal(intent));
    return new Reply.Refused(intent.id(), earlier.exchange(), earlier.money());
  }

  /// Sends nothing, because nothing would be left to show that it was sent.
  private Reply unrecorded(Intent intent, String reason) {
    Outcome outcome = scribe.unrecorded(intent);
    harmlessly("observer", () -> observer.settled(intent, outcome));
    return new Reply.Unrecorded(intent.id(), reason, outcome.verdict());
  }

  private Recorded record(Intent intent) {
    try {
      return ledger.intent(intent);
    } catch (RuntimeException e) {
      failed("ledger", e);
      return new Recorded.NotKept("the ledger failed");
    }
  }

  private void settle(Intent intent, Outcome outcome) {
    harmlessly("ledger", () -> ledger.outcome(outcome));
    harmlessly("observer", () -> observer.settled(intent, outcome));
  }

  /// Whatever fails beside the call must not cost its answer (P4).
  private static void harmlessly(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      failed(what, e);
    }
  }

  private static void failed(String what, RuntimeException trouble) {
    // its message may quote what must not be written down
    LOG.error("the {} failed at a call: {}", what, trouble.getClass().getName());
  }

  private static Reply reply(Intent intent, Attempt attempt, Verdict verdict, Receiver receiver) {
    if (receiver.streaming) {
      return new Reply.Streamed(intent.id(), receiver.finish(attempt));
    }
    return switch (attempt) {
      case Attempt.Answered answered ->
          new Reply.Whole(intent.id(), answered.answer(), answered.body().bytes(), verdict);
      case Attempt.Broken broken ->
          new Reply.Lost(intent.id(), broken.breakage(), broken.progress(), verdict);
    };
  }

  /// Takes the answer while it comes. Confined to the call.
  private static final class Receiver implements AnswerReceiver {
    private final Provider provider;
    private final Intent intent;
    private final Caller caller;
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean streaming;
    private boolean callerGone;

    Receiver(Provider provider, Intent intent, Caller caller) {
      this.provider = provider;
      this.intent = intent;
      this.caller = caller;
    }

    @Override
    public boolean hold(AnswerHead head) {
      return intent.movesMoney()
          && !head.fields()
              .first("Content-Type")
              .orElse("")
              .toLowerCase(Locale.ROOT)
              .startsWith("text/event-stream");
    }

    @Override
    public OutputStream stream(AnswerHead head) throws IOException {
      streaming = true;
      out = caller.stream(head, intent.id());
      return out;
    }

    @Override
    public boolean finishWithoutCaller() {
      callerGone = true;
      return provider.finishWithoutCaller();
    }

    /// Ends the caller's stream if the answer came to its end. Gives whether it did, for the
    /// caller.
    boolean finish(Attempt attempt) {
      if (callerGone || !(attempt instanceof Attempt.Answered)) {
        return false;
      }
      try {
        out.close();
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
