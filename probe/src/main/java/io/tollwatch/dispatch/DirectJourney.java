package io.tollwatch.dispatch;

import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.health.Permit;
import io.tollwatch.routing.Attempted;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.Switchboard;
import java.util.List;
import java.util.Optional;

/// The way of a call whose caller named the provider: there, whatever is known of it, and nowhere
/// else.
final class DirectJourney implements Journey {

  private final Provider provider;
  private final Incoming incoming;
  private final Scribe scribe;
  private final Recorder recorder;
  private final Switchboard switchboard;

  DirectJourney(
      Provider provider,
      Incoming incoming,
      Scribe scribe,
      Recorder recorder,
      Switchboard switchboard) {
    this.provider = provider;
    this.incoming = incoming;
    this.scribe = scribe;
    this.recorder = recorder;
    this.switchboard = switchboard;
  }

  @Override
  public Step begin() {
    Scribe.Draft draft = scribe.draft(provider, incoming);
    Intent intent = draft.intent();
    Correlation known = intent.correlation();
    Permit permit =
        switchboard
            .router()
            .watch(
                provider.name(),
                new Router.Wish(intent.operation(), known.handles().rail(), intent.origin()));
    known
        .identity()
        .map(identity -> new Attempted(intent.id(), provider.name(), identity, intent.startedAt()))
        .ifPresent(attempted -> tell(intent, attempted));
    return new Step.Send(new Leg(provider, draft, permit, Optional.empty()));
  }

  /// Channels, here and at other sidecars, must know of it before it is sent.
  private void tell(Intent intent, Attempted attempted) {
    switchboard.payments().join(attempted, intent.operation());
    if (intent.movesMoney()) {
      switchboard.shared().note(attempted);
    }
  }

  @Override
  public Step after(Ended.Made made) {
    recorder.settle(made.intent(), made.outcome(List.of()));
    Optional<PaymentIdentity> identity = made.intent().correlation().identity();
    Payments payments = switchboard.payments();
    if (identity.isPresent()) {
      payments.settle(made.intent().id(), made.outcome().claimed(), made.outcome().payment());
    }
    return new Step.Stop(
        made.reply(identity.flatMap(known -> made.earlier(payments, known, Optional.empty()))));
  }
}
