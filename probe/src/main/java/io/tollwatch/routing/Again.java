package io.tollwatch.routing;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Progress;
import io.tollwatch.profile.Idempotency;
import java.time.Duration;

/// What the gate is asked: may this call, of which this attempt came to an end, be sent to the same
/// provider again, as it is and with its key? Immutable.
///
/// @param attempt the attempt that ended
/// @param idempotency what the provider's profile says of repeats
/// @param keyed whether the request has an idempotency key by which its repeat is told for sure
/// @param fresh whether the gateway surely knows the key until the call's deadline, or surely not
///   from any call before this one
/// @param streamed whether the request's body passed through and can't be sent again
/// @param refusesRepeats whether the provider's repeats are refused
/// @param attempts how often this call was sent so far
/// @param elapsed since the call came
/// @param budgetLeft whether the channel's retry budget has any left
public record Again(
    Channel channel,
    Attempt attempt,
    Idempotency idempotency,
    boolean keyed,
    boolean fresh,
    boolean streamed,
    boolean refusesRepeats,
    int attempts,
    Duration elapsed,
    boolean budgetLeft) {

  boolean isLost() {
    return attempt instanceof Attempt.Broken && attempt.progress() == Progress.MAYBE_SENT;
  }

  boolean isProven() {
    return idempotency.proven() && idempotency.lives().isPresent();
  }
}
