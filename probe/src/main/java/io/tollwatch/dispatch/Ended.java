package io.tollwatch.dispatch;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.Standing;
import java.util.List;
import java.util.Optional;

/// How a leg ended.
sealed interface Ended {

  /// Nothing was sent, and that is the call's end. It is recorded already.
  record Halted(Reply reply) implements Ended {}

  /// An attempt was made. Its outcome is still to be recorded.
  record Made(Leg leg, Intent intent, Attempt attempt, Outcome outcome, Receiving receiving)
      implements Ended {

    /// The outcome, with what was decided after it.
    Outcome outcome(List<Decision> decisions) {
      return decisions.isEmpty() ? outcome : outcome.with(decisions);
    }

    /// An attempt of the payment that stands although this one took nothing: what the caller is
    /// told of the money is the payment's, not only this call's.
    ///
    /// @param elsewhere one at another sidecar
    Optional<Reply.Earlier> earlier(
        Payments payments, PaymentIdentity identity, Optional<Standing> elsewhere) {
      return switch (outcome.verdict().money()) {
        case NOT_SENT, REJECTED ->
            payments
                .standing(identity)
                .or(leg::earlier)
                .or(() -> elsewhere)
                .map(standing -> new Reply.Earlier(standing.exchange(), standing.money()));
        case NONE, IN_DOUBT, PENDING, SUCCEEDED -> Optional.empty();
      };
    }

    /// What the caller gets if this was the last attempt.
    ///
    /// @param earlier an attempt of the payment that stands although this one took nothing
    Reply reply(Optional<Reply.Earlier> earlier) {
      String provider = leg.provider().name();
      if (receiving.streaming()) {
        return new Reply.Streamed(intent.id(), provider, receiving.finish(attempt));
      }
      return switch (attempt) {
        case Attempt.Answered answered ->
            new Reply.Whole(
                intent.id(),
                provider,
                answered.answer(),
                answered.body().bytes(),
                outcome.verdict(),
                earlier);
        case Attempt.Broken broken ->
            new Reply.Lost(
                intent.id(),
                provider,
                broken.breakage(),
                broken.progress(),
                outcome.verdict(),
                earlier);
      };
    }
  }
}
