package io.tollwatch.ledger.store;

import java.time.Duration;
import java.time.Instant;

/// A part of time that a report is about. Immutable.
///
/// @param from in it
/// @param until after its end
public record TimeWindow(Instant from, Instant until) {

  public TimeWindow {
    if (until.isBefore(from)) {
      throw new IllegalArgumentException("ends before it begins: %s, %s".formatted(from, until));
    }
  }

  /// The time from an instant on.
  public static TimeWindow of(Instant from, Duration length) {
    return new TimeWindow(from, from.plus(length));
  }
}
