package io.tollwatch.reconcile;

import java.time.Duration;

/// How often a gateway is asked. Immutable.
///
/// @param firstDelay from the end of the request to the first look
/// @param maxInterval the longest time between two looks at one payment: intervals double up to it
/// @param maxLooks how many answered looks one payment gets, and again after each repeat of it;
///   then it waits for another way
/// @param perSecond the most looks a second at one provider; fewer while it is sick
/// @param cancelAfter from the end of the request to a cancel, where that is switched on
public record Pace(
    Duration firstDelay,
    Duration maxInterval,
    int maxLooks,
    double perSecond,
    Duration cancelAfter) {

  private static final Pace DEFAULTS =
      new Pace(Duration.ofSeconds(30), Duration.ofHours(1), 30, 1.0, Duration.ofMinutes(15));

  /// As where no file says otherwise.
  public static Pace defaults() {
    return DEFAULTS;
  }

  /// The time until the next look.
  ///
  /// @param looks how many there were
  /// @param chance from 0 to 1, spreads looks by a fifth to either side
  Duration next(int looks, double chance) {
    Duration interval = firstDelay;
    for (int i = 0; i < looks && interval.compareTo(maxInterval) < 0; i++) {
      interval = interval.multipliedBy(2);
    }
    Duration bounded = interval.compareTo(maxInterval) < 0 ? interval : maxInterval;
    return Duration.ofMillis(Math.round(bounded.toMillis() * (0.8 + 0.4 * chance)));
  }
}
