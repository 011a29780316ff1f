package io.tollwatch.checks.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Until when something must be done. Immutable.
///
/// @param endNanos on that clock
record Deadline(LongSupplier nanos, long endNanos) {

  static Deadline in(Duration time, LongSupplier nanos) {
    return new Deadline(nanos, nanos.getAsLong() + time.toNanos());
  }

  /// What is left; never negative.
  Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - nanos.getAsLong()));
  }

  boolean isOver() {
    return left().isZero();
  }

  /// What ends with this one, and after that time at the latest.
  Deadline within(Duration limit) {
    return in(atMost(limit), nanos);
  }

  /// The shorter one of what is left and that.
  Duration atMost(Duration limit) {
    Duration left = left();
    return left.compareTo(limit) < 0 ? left : limit;
  }
}
