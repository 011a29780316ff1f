package io.tollwatch.routing;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Progress;
import io.tollwatch.profile.Immovable;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.util.Optional;

/// What the gate is asked: may this call, of which this attempt came to an end, go to another
/// provider? Immutable.
///
/// @param attempt the attempt that ended; of one that was answered, the whole answer was read
/// @param passedOn whether anything of the answer was passed on to the caller
/// @param verdict what the attempt means
/// @param immovable why the request can't go to another account
/// @param streamed whether the request's body passed through and can't be sent again
/// @param identified whether the payment has an idempotency key or a merchant reference that is
///   kept
/// @param rival another call's attempt of the same payment that stands
/// @param attempts how many providers this call was sent to so far, that one among them
/// @param tries how often the payment was attempted within [Rung#TRIES_WITHIN]
/// @param elapsed since the call came
/// @param budgetLeft whether the channel's retry budget has any left
/// @param claimable whether nothing is known to keep the payment from being claimed elsewhere
public record Move(
    Channel channel,
    Operation operation,
    Attempt attempt,
    boolean passedOn,
    Verdict verdict,
    Optional<Immovable.Why> immovable,
    boolean streamed,
    boolean identified,
    Optional<Standing> rival,
    int attempts,
    int tries,
    Duration elapsed,
    boolean budgetLeft,
    boolean claimable) {

  /// The same, now that another call's attempt stands in the way.
  public Move against(Standing other) {
    return with(Optional.of(other), claimable);
  }

  /// The same, now that the shared ledger did not let the payment be claimed elsewhere.
  public Move unclaimed() {
    return with(rival, false);
  }

  private Move with(Optional<Standing> other, boolean claims) {
    return new Move(
        channel,
        operation,
        attempt,
        passedOn,
        verdict,
        immovable,
        streamed,
        identified,
        other,
        attempts,
        tries,
        elapsed,
        budgetLeft,
        claims);
  }

  Progress progress() {
    return attempt.progress();
  }

  boolean answered() {
    return attempt.progress() == Progress.ANSWERED;
  }

  int status() {
    return attempt.head().map(head -> head.status()).orElse(0);
  }
}
