package io.tollwatch.routing;

import io.tollwatch.exchange.MemberState;
import io.tollwatch.health.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Somebody's order how a provider stands in its channel for a time. Immutable.
///
/// @param state drained or canary
/// @param reason one line for people, at most 200 characters
/// @param who who ordered it, at most 100 characters
/// @param until when it expires
public record MemberOrder(MemberState state, String reason, String who, Instant until) {

  /// What came of a wish.
  public sealed interface Given {

    /// It can be obeyed.
    record Right(MemberOrder order) implements Given {}

    /// It can't.
    ///
    /// @param reason one sentence for people
    record Wrong(String reason) implements Given {}
  }

  /// An order, if all that it needs is there: the same as of one to a breaker.
  ///
  /// @param holds for how long; an order without an end is refused
  public static Given of(
      MemberState state, String reason, String who, Optional<Duration> holds, Instant now) {
    return Order.lacks(reason, who, holds)
        .<Given>map(Given.Wrong::new)
        .orElseGet(() ->
            new Given.Right(new MemberOrder(state, reason, who, now.plus(holds.orElseThrow()))));
  }

  /// The same with what may be kept of what people wrote.
  public MemberOrder redacted(UnaryOperator<String> redaction) {
    return new MemberOrder(state, redaction.apply(reason), redaction.apply(who), until);
  }
}
