package io.tollwatch.dispatch;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.Routing;
import io.tollwatch.health.Permit;
import io.tollwatch.routing.Attempted;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.PhaseTimings;
import java.util.List;
import java.util.Optional;

/// Takes note of calls that services made themselves: in the ledger, in health and in the index of
/// payments, as if they had come through. Such a call adds an attempt that may stand, and never
/// takes one away: what another attempt came to is not its to say (P1). Thread-safe.
final class Reporting {

  private final Scribe scribe;
  private final Recorder recorder;
  private final Switchboard switchboard;

  Reporting(Scribe scribe, Recorder recorder, Switchboard switchboard) {
    this.scribe = scribe;
    this.recorder = recorder;
    this.switchboard = switchboard;
  }

  Outcome hear(Members members, Reported reported) {
    Provider provider = members.provider(reported.provider());
    Incoming incoming = incoming(reported.operation());
    Reading reading = scribe.reader().stated(provider, reported);
    Permit permit =
        switchboard
            .router()
            .watch(
                provider.name(),
                new Router.Wish(reported.operation(), reported.facts().rail(), Origin.LIVE));
    Intent intent =
        scribe.draft(provider, incoming, reading).through(routing(members, provider)).intent();
    Outcome outcome = outcome(provider, intent, reported);
    reading.identity().ifPresent(identity -> stand(intent, identity, outcome));
    recorder.record(intent);
    recorder.settle(intent, outcome);
    permit.settle(outcome.verdict(), reported.took());
    return outcome;
  }

  private static Incoming incoming(Operation operation) {
    return new Incoming(
        Origin.LIVE,
        operation == Operation.QUERY ? "GET" : "POST",
        "/",
        Fields.none(),
        new RequestBody.None(false),
        CapturedBody.empty());
  }

  private static Routing routing(Members members, Provider provider) {
    return new Routing(
        members.channel().name(),
        Optional.empty(),
        List.of(
            new Decision(Decision.Kind.REPORTED, provider.name(), "the service called it itself")));
  }

  private Outcome outcome(Provider provider, Intent intent, Reported reported) {
    PhaseTimings timings = new PhaseTimings(List.of(), reported.took().toNanos());
    return switch (reported.came()) {
      case Reported.Came.Answered(var head, var body) ->
          scribe.outcome(
              provider,
              intent,
              new Attempt.Answered(head, body, timings, ConnectionFacts.none()),
              false,
              false);
      case Reported.Came.Stated(var category) ->
          new Outcome(
              intent.id(),
              Unjudged.progress(category),
              Optional.empty(),
              Optional.empty(),
              timings,
              ConnectionFacts.none(),
              Unjudged.stated(intent, category),
              0,
              false);
    };
  }

  /// An attempt that came to nothing stands no longer than this.
  private void stand(Intent intent, PaymentIdentity identity, Outcome outcome) {
    switchboard
        .payments()
        .join(
            new Attempted(intent.id(), intent.provider(), identity, intent.startedAt()),
            intent.operation());
    switchboard.payments().settle(intent.id(), outcome.claimed(), outcome.payment());
  }
}
