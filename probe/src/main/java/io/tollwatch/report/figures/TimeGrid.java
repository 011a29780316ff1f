package io.tollwatch.report.figures;

import io.tollwatch.ledger.store.TimeWindow;
import java.time.Duration;
import java.time.Instant;

/// A time cut into equal steps, as charts show it. Immutable.
///
/// @param step how long each is; the last may reach beyond the end
/// @param size how many there are, 1 to [#MAX_SIZE]
public record TimeGrid(Instant from, Duration step, int size) {

  /// More steps than that are no longer told apart.
  public static final int MAX_SIZE = 60;

  /// Cuts a window into steps of a round length.
  public static TimeGrid of(TimeWindow window) {
    Duration length = Duration.between(window.from(), window.until());
    Duration step =
        RoundLength.of(length, MAX_SIZE).orElseGet(() -> length.dividedBy(MAX_SIZE).plusSeconds(1));
    long size = Math.ceilDiv(length.toMillis(), step.toMillis());
    return new TimeGrid(window.from(), step, Math.clamp(size, 1, MAX_SIZE));
  }

  /// In which step a time is; what lies outside belongs to the nearest one.
  public int index(Instant time) {
    long index = Duration.between(from, time).toMillis() / step.toMillis();
    return Math.clamp(index, 0, size - 1);
  }

  /// When a step begins.
  public Instant start(int index) {
    return from.plus(step.multipliedBy(index));
  }
}
