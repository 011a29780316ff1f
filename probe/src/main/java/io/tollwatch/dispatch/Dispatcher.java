package io.tollwatch.dispatch;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Progress;
import io.tollwatch.dispatch.Journey.Step;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.Routing;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.wire.CallerWatch;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Makes calls: the one loop that routes, sends, judges, records and settles. Thread-safe; a call
/// runs on its caller's thread.
///
/// ```
/// incoming -> route, permit, claim -> intent (ledger) -> attempt (line) -> verdict (classifier)
///     ^                                                                         |
///     +-- another provider <- gate <--------------------------------------------+-> outcome (ledger) -> reply
/// ```
public final class Dispatcher {

  private final Scribe scribe;
  private final Recorder recorder;
  private final Switchboard switchboard;
  private final Sending sending;
  private final Reporting reporting;
  private final LongSupplier nanos;

  /// A dispatcher that records in this ledger and tells this observer.
  ///
  /// @param strict whether a call that can't be recorded is refused (P2 before P4), rather than
  ///   made
  public Dispatcher(
      Scribe scribe,
      Ledger ledger,
      Observer observer,
      boolean strict,
      Switchboard switchboard,
      LongSupplier nanos) {
    this.scribe = scribe;
    this.recorder = new Recorder(ledger, observer);
    this.switchboard = switchboard;
    this.reporting = new Reporting(scribe, recorder, switchboard);
    this.sending = new Sending(scribe, recorder, switchboard, strict);
    this.nanos = nanos;
  }

  /// Makes one call to a provider that its caller named. Whatever goes wrong on the way is in the
  /// reply.
  ///
  /// @param gone through which the call can be broken off while it runs
  public Reply dispatch(Provider provider, Incoming incoming, Caller caller, CallerWatch gone) {
    return run(
        new DirectJourney(provider, incoming, scribe, recorder, switchboard),
        new Call(incoming, caller, gone));
  }

  /// Makes one call through a channel: to its first provider that can take it, and to another one
  /// if the gate allows it.
  ///
  /// @param gone through which an attempt can be broken off while it runs
  public Reply dispatch(Members members, Incoming incoming, Caller caller, CallerWatch gone) {
    return run(
        new ChannelJourney(members, incoming, scribe, recorder, switchboard, nanos),
        new Call(incoming, caller, gone));
  }

  /// Takes note of a call that a service made itself, at a provider of a channel.
  public Outcome heard(Members members, Reported reported) {
    return reporting.hear(members, reported);
  }

  /// Whether a call of that payment runs.
  public boolean isUnderWay(PaymentIdentity payment) {
    return switchboard.payments().isUnderWay(payment);
  }

  /// Whether payments passed through to that provider, since the start, whose references nobody
  /// here has read.
  public boolean hasPassedUnread(String provider) {
    return sending.hasPassedUnread(provider);
  }

  private Reply run(Journey journey, Call call) {
    Step step = journey.begin();
    while (step instanceof Step.Send(Leg leg)) {
      step =
          switch (sending.send(leg, call)) {
            case Ended.Halted(Reply reply) -> new Step.Stop(reply);
            case Ended.Made made -> journey.after(made);
          };
    }
    return ((Step.Stop) step).reply();
  }

  /// Records a call whose body its caller cut before anything was sent.
  public Reply cut(Provider provider, Incoming incoming) {
    return cut(provider, scribe.draft(provider, incoming).intent());
  }

  /// Records a call through a channel whose body its caller cut before anything was sent.
  public Reply cut(Members members, Incoming incoming) {
    Provider first = members.first();
    Routing routing = new Routing(members.channel().name(), Optional.empty(), List.of());
    return cut(first, scribe.draft(first, incoming).intent().through(routing));
  }

  private Reply cut(Provider provider, Intent intent) {
    recorder.record(intent);
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
    recorder.settle(intent, outcome);
    return new Reply.Lost(
        intent.id(),
        provider.name(),
        Breakage.CLIENT_ABORT,
        Progress.UNSENT,
        outcome.verdict(),
        Optional.empty());
  }
}
