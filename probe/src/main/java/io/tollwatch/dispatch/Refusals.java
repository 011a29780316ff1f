package io.tollwatch.dispatch;

import io.tollwatch.dispatch.Journey.Step;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.routing.Standing;
import java.util.List;
import java.util.Optional;

/// Records calls through a channel of which nothing is sent: whoever was told the exchange's id
/// will look for it. Thread-safe.
record Refusals(Scribe scribe, Recorder recorder) {

  /// An earlier attempt of the payment stands.
  ///
  /// @param decisions what was decided before
  Step standing(ChannelCall call, Standing earlier, String reason, List<Decision> decisions) {
    String provider =
        call.channel().providers().contains(earlier.provider())
            ? earlier.provider()
            : call.channel().first();
    Intent intent =
        call.draft(scribe, provider, Optional.empty(), decisions)
            .intent()
            .linked(Optional.of(earlier.exchange()), Optional.empty());
    Outcome outcome =
        Unjudged.refusal(intent)
            .with(List.of(new Decision(Decision.Kind.REFUSED, provider, reason)));
    record(intent, outcome);
    return new Step.Stop(
        new Reply.Refused(
            intent.id(), earlier.provider(), earlier.exchange(), earlier.money(), reason));
  }

  /// There is no provider that it may go to.
  Step unroutable(ChannelCall call, Unroutable why, List<Decision> decisions) {
    Intent intent =
        call.draft(scribe, call.channel().first(), Optional.empty(), decisions).intent();
    Outcome outcome = Unjudged.unroutable(intent, why);
    record(intent, outcome);
    return new Step.Stop(
        new Reply.Unrouted(
            intent.id(),
            call.channel().first(),
            why,
            decisions,
            Unjudged.told(outcome.verdict(), why)));
  }

  private void record(Intent intent, Outcome outcome) {
    recorder.record(intent);
    recorder.settle(intent, outcome);
  }
}
