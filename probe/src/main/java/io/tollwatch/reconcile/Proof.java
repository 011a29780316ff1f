package io.tollwatch.reconcile;

import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.profile.Evidence;
import io.tollwatch.profile.Idempotency;
import io.tollwatch.profile.LookupCall;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Profile;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// What counts as proof of what a payment came to: all else leaves it in doubt. Stateless.
final class Proof {

  private Proof() {}

  /// What the answer to the same call, made again by the service, says of the first. Only of a
  /// gateway that tells by repeats, within the life of the key and for the same body: otherwise it
  /// may be a payment of its own. A refusal counts only if it is an answer about the payment: one
  /// about the request, the keys or the volume says nothing of the first.
  ///
  /// The key's age is taken by the clock that nobody sets. Of a key from before a restart only the
  /// other clock tells: it proves nothing against a payment, and half of the life is left for what
  /// it may be wrong by.
  ///
  /// @param nowNanos when the repeat's answer is here
  static Optional<Money> byRepeat(
      Profile profile, Case first, Intent repeat, Outcome outcome, long nowNanos) {
    Idempotency idempotency = profile.idempotency();
    KeyUses.Use use = first.keyUse();
    boolean surely = idempotency.lives().filter(life -> use.isWithin(life, nowNanos)).isPresent();
    boolean likely =
        idempotency
            .lives()
            .filter(life -> use.seemsWithinHalf(life, repeat.startedAt(), nowNanos))
            .isPresent();
    boolean same =
        idempotency.otherBody() != Idempotency.OtherBody.UNKNOWN
            || repeat.body().text().hashCode() == first.bodyHash();
    if (!profile.lookup().repeat() || !same) {
      return Optional.empty();
    }
    return switch (outcome.verdict().money()) {
      case SUCCEEDED -> surely || likely ? Optional.of(Money.SUCCEEDED) : Optional.empty();
      case REJECTED ->
          surely && outcome.verdict().category().endsWell()
              ? Optional.of(Money.REJECTED)
              : Optional.empty();
      case NONE, NOT_SENT, IN_DOUBT, PENDING -> Optional.empty();
    };
  }

  /// What the answer to a lookup says. A payment that was taken, was. That it was not counts at
  /// once only where the gateway speaks of this one payment; that it is not found, or that a list
  /// of several has none that was taken, counts once the gateway has had the time that its profile
  /// says, for the newest may come last.
  ///
  /// @param unseen whether nothing of the payment was on its way for that long
  static Optional<Money> byLookup(
      Profile profile, LookupCall call, Message answer, Predicate<Duration> unseen) {
    return switch (call.evidence(answer)) {
      case Evidence.State(Money money) when money == Money.SUCCEEDED -> Optional.of(money);
      case Evidence.State(Money money) when money == Money.REJECTED && !ofSeveral(call) ->
          Optional.of(money);
      case Evidence.State(Money money) when money == Money.REJECTED -> observed(profile, unseen);
      case Evidence.NotFound() -> observed(profile, unseen);
      case Evidence.State _, Evidence.Nothing _ -> Optional.empty();
    };
  }

  private static boolean ofSeveral(LookupCall call) {
    return call.state().text().contains("[*]");
  }

  private static Optional<Money> observed(Profile profile, Predicate<Duration> unseen) {
    return profile.lookup().absence().filter(unseen).map(_ -> Money.REJECTED);
  }

  /// The kept answer, as the profile reads it.
  static Message kept(Profile profile, Answer answer) {
    return Message.answer(answer.status(), answer.fields(), profile.content(answer.body().text()));
  }
}
