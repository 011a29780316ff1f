package io.tollwatch.routing;

import io.tollwatch.attempt.Progress;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The rungs of the gate's ladder, in the order in which they are asked: each shuts the gate for
/// one reason, and says it. Progress comes first, because nothing else can be believed before it.
@SuppressWarnings("ImmutableEnumChecker") // a rung's test is a lambda without state
public enum Rung {
  /// What may have been sent never goes on, whatever any table says.
  PROGRESS(
      move -> move.progress() == Progress.MAYBE_SENT,
      "the request, or a part of it, may have been sent"),

  /// The caller must not get two answers.
  PASSED_ON(Move::passedOn, "the answer was passed on to the caller already"),

  /// A gateway that fails may have taken the payment first.
  STATUS(move -> move.answered() && move.status() >= 500, "the answer is a failure of the gateway"),

  /// Only a refusal took nothing.
  REFUSED(
      move -> move.answered() && move.verdict().money() != Money.REJECTED,
      "the answer does not say that the payment was refused"),

  /// What users say opens nothing; they can only close.
  SHIPPED(move -> move.answered() && move.verdict().trail().byUser(), "a user's rule matched"),

  /// A refusal that nothing documents as final may turn into a payment later.
  FINAL(
      move -> move.answered() && move.verdict().trail().finalSource().isEmpty(),
      "no shipped rule marks that answer as final"),

  /// Only payments are made again elsewhere: what the others work on lies at their provider.
  OPERATION(move -> move.answered() && move.operation() != Operation.PAY, "the call is no payment"),

  /// A customer's empty account is empty everywhere.
  DECLINE(
      move ->
          move.answered()
              && move.verdict().category().endsWell()
              && !move.channel().failOverDeclines(),
      "declines are answers (fail-over-declines is off)"),

  /// Signed, the account inside, a token of that account, an object that lies there.
  MOVABLE(move -> move.immovable().isPresent(), "the request can't go to another account"),

  /// A body that passed through is gone.
  REPLAYABLE(Move::streamed, "the request was streamed and is not at hand any more"),

  /// Without a name, a repeat of what was answered could not be told from it.
  IDENTITY(
      move -> move.answered() && !move.identified(),
      "the payment has neither an idempotency key nor a merchant reference"),

  /// Two calls of one payment must not end at two providers.
  FREE(move -> move.rival().isPresent(), "another call of the same payment stands"),

  /// What other sidecars can't see them do, they may do elsewhere at the same time.
  CLAIM(
      move -> !move.claimable() || move.channel().sharing() == Channel.Sharing.FIRST_ONLY,
      "the other sidecars of the channel can't be shown that the payment moves"),

  /// Each attempt more is one more to be wrong about.
  ATTEMPTS(
      move -> move.attempts() >= move.channel().maxAttempts(),
      "the call was sent as often as max-attempts allows"),

  /// Card networks charge for what is retried too often. Visa: 15 times in 30 days, since May 2025
  /// 20; Mastercard: 35 times in 30 days (support.checkout.com, "When can I retry a declined
  /// transaction"). The strictest holds for all. They charge for every retry of what they said must
  /// not be tried again, and that is the same card at whichever provider.
  NETWORKS(
      move -> move.answered() && (move.tries() >= Rung.MAX_TRIES || stopped(move)),
      move ->
          stopped(move)
              ? "the card network says that this payment must not be tried again"
              : "the networks' retry limit for this payment is reached"),

  /// A customer waits.
  DEADLINE(
      move -> move.elapsed().compareTo(move.channel().deadline()) >= 0,
      "the channel's deadline is over"),

  /// An outage of one provider must not drown the others.
  BUDGET(move -> !move.budgetLeft(), "the channel's retry budget is used up");

  /// How often one payment may be tried within [#TRIES_WITHIN].
  static final int MAX_TRIES = 15;

  /// The window of the networks' limits.
  public static final Duration TRIES_WITHIN = Duration.ofDays(30);

  private final Predicate<Move> shuts;
  private final Function<Move, String> reason;

  Rung(Predicate<Move> shuts, String reason) {
    this(shuts, _ -> reason);
  }

  Rung(Predicate<Move> shuts, Function<Move, String> reason) {
    this.shuts = shuts;
    this.reason = reason;
  }

  private static boolean stopped(Move move) {
    return move.verdict().trail().stop().isPresent();
  }

  /// The reason in one line, if this rung shuts the gate.
  Optional<String> shut(Move move) {
    return shuts.test(move) ? Optional.of(reason.apply(move)) : Optional.empty();
  }
}
