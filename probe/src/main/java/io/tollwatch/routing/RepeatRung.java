package io.tollwatch.routing;

import java.util.Optional;
import java.util.function.Predicate;

/// The rungs of the ladder for a repeat at the same provider, in the order in which they are asked:
/// each shuts the gate for one reason, and says it. What moves money is repeated only where the
/// gateway documents that the same key makes it one payment.
@SuppressWarnings("ImmutableEnumChecker") // a rung's test is a lambda without state
public enum RepeatRung {
  /// Nobody wanted it.
  SWITCH(again -> !again.channel().repeat(), "repeats are off (repeat)"),

  /// An answer is an answer, and what was not sent may go on to another provider.
  LOST(again -> !again.isLost(), "only a call whose answer was lost is repeated"),

  /// What a user's profile says proves nothing.
  PROVEN(again -> !again.isProven(), "no shipped profile proves a repeat harmless"),

  /// Without it each call is a payment of its own.
  KEYED(again -> !again.keyed(), "the request has no idempotency key that tells it for sure"),

  /// A key that the gateway forgets between the two calls makes two payments of them.
  WINDOW(again -> !again.fresh(), "the gateway may forget the key between the two calls"),

  /// A body that passed through is gone.
  BODY(Again::streamed, "the request was streamed and is not at hand any more"),

  /// Who refuses the service's repeats wants none of ours.
  DUPLICATES(Again::refusesRepeats, "the provider's repeats are refused (duplicates)"),

  /// Each attempt more is one more to be wrong about.
  ATTEMPTS(
      again -> again.attempts() >= again.channel().maxAttempts(),
      "the call was sent as often as max-attempts allows"),

  /// A customer waits.
  DEADLINE(
      again -> again.elapsed().compareTo(again.channel().deadline()) >= 0,
      "the channel's deadline is over"),

  /// A gateway that loses answers must not get twice the load.
  BUDGET(again -> !again.budgetLeft(), "the channel's retry budget is used up");

  private final Predicate<Again> shuts;
  private final String reason;

  RepeatRung(Predicate<Again> shuts, String reason) {
    this.shuts = shuts;
    this.reason = reason;
  }

  /// The first that shuts the gate, if one does.
  static Optional<RepeatRung> first(Iterable<RepeatRung> ladder, Again again) {
    for (RepeatRung rung : ladder) {
      if (rung.shuts.test(again)) {
        return Optional.of(rung);
      }
    }
    return Optional.empty();
  }

  /// Why, in one line.
  public String reason() {
    return reason;
  }
}
