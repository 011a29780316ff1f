package io.tollwatch.health;

import io.tollwatch.exchange.BreakerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Somebody's order that breakers stand in a certain way for a time. Immutable.
///
/// @param state one of the forced ones
/// @param reason one line for people, at most 200 characters
/// @param who who ordered it, at most 100 characters
/// @param until when it expires
public record Order(BreakerState state, String reason, String who, Instant until) {

  /// The longest time that an order holds: what nobody remembers must end.
  public static final Duration LONGEST = Duration.ofDays(30);

  private static final int REASON_LENGTH = 200;
  private static final int WHO_LENGTH = 100;

  /// What came of a wish.
  public sealed interface Given {
    /// It can be obeyed.
    record Right(Order order) implements Given {}

    /// It can't.
    ///
    /// @param reason one sentence for people
    record Wrong(String reason) implements Given {}
  }

  /// An order, if all that it needs is there.
  ///
  /// @param holds for how long; an order without an end is refused
  public static Given of(
      BreakerState state, String reason, String who, Optional<Duration> holds, Instant now) {
    if (!state.isForced()) {
      return new Given.Wrong("'" + state.word() + "' can't be ordered");
    }
    return lacks(reason, who, holds)
        .<Given>map(Given.Wrong::new)
        .orElseGet(
            () -> new Given.Right(new Order(state, reason, who, now.plus(holds.orElseThrow()))));
  }

  /// The same with what may be kept of what people wrote.
  public Order redacted(UnaryOperator<String> redaction) {
    return new Order(state, redaction.apply(reason), redaction.apply(who), until);
  }

  /// What an order of any kind lacks, in one sentence; empty if it has all that it needs.
  public static Optional<String> lacks(String reason, String who, Optional<Duration> holds) {
    if (reason.isBlank() || reason.length() > REASON_LENGTH) {
      return Optional.of("an order needs a reason, of at most 200 characters");
    }
    if (who.isBlank() || who.length() > WHO_LENGTH) {
      return Optional.of("an order needs the name of who gives it, of at most 100 characters");
    }
    boolean sensible =
        holds.filter(time -> time.isPositive() && time.compareTo(LONGEST) <= 0).isPresent();
    return sensible
        ? Optional.empty()
        : Optional.of("an order needs a time after which it expires, of at most 30 days");
  }
}
