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

/// Makes calls: the one loop that records, sends, judges and settles. Thread-safe; a call runs on
/// its caller's thread.
///
/// ```
/// incoming -> intent (ledger) -> attempt (wire) -> verdict (classifier) -> outcome (ledger) -> reply
/// ```
public final class Dispatcher {

  private final Scribe scribe;
  private final Ledger ledger;
  private final Observer observer;
  private final Repeats repeats = new Repeats();

  /// A dispatcher that records in this ledger and tells this observer.
  public Dispatcher(Scribe scribe, Ledger ledger, Observer observer) {
    this.scribe = scribe;
    this.ledger = ledger;
    this.observer = observer;
  }

  /// Makes one call. Whatever goes wrong on the way is in the reply.
  ///
  /// @param gone through which the call can be broken off while it runs
  public Reply dispatch(Provider provider, Incoming incoming, Caller caller, CallerWatch gone) {
    Scribe.Draft draft = scribe.draft(provider, incoming);
    Optional<Repeats.Call> earlier =
        repeats.note(draft.marks(), draft.intent().id(), draft.intent().startedAt());
    Intent intent = draft.intent().repeating(earlier.map(Repeats.Call::exchange));
    if (provider.refuseRepeats() && earlier.filter(Dispatcher::mayHaveMoved).isPresent()) {
      repeats.restore(draft.marks(), earlier.get());
      return new Reply.Refused(intent.id(), earlier.get().exchange(), earlier.get().money());
    }
    ledger.intent(intent);
    Receiver receiver = new Receiver(provider, intent, caller);
    GatewayRequest request = scribe.request(provider, incoming, intent);
    Attempt attempt = provider.wire().send(request, receiver, gone);
    Verdict verdict = settle(provider, intent, attempt, receiver.callerGone, receiver.streaming);
    repeats.settle(draft.marks(), intent.id(), verdict.money());
    return reply(intent, attempt, verdict, receiver);
  }

  /// Records a call whose body its caller cut before anything was sent.
  public Reply cut(Provider provider, Incoming incoming) {
    Intent intent = scribe.draft(provider, incoming).intent();
    ledger.intent(intent);
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
    Verdict verdict = settle(provider, intent, attempt, true, false);
    return new Reply.Lost(intent.id(), Breakage.CLIENT_ABORT, Progress.UNSENT, verdict);
  }

  private Verdict settle(
      Provider provider, Intent intent, Attempt attempt, boolean callerGone, boolean streamed) {
    Outcome outcome = scribe.outcome(provider, intent, attempt, callerGone, streamed);
    ledger.outcome(outcome);
    observer.settled(intent, outcome);
    return outcome.verdict();
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

  private static boolean mayHaveMoved(Repeats.Call earlier) {
    return earlier.money() == Money.IN_DOUBT
        || earlier.money() == Money.PENDING
        || earlier.money() == Money.SUCCEEDED;
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
