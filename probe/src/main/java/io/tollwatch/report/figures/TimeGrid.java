package io.tollwatch.report.figures;

import io.tollwatch.ledger.store.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A time cut into equal steps, as charts show it. Immutable.
///
/// @param step how long each is; the last may reach beyond the end
/// @param size how many there are, 1 to [#MAX_SIZE]
public record TimeGrid(Instant from, Duration step, int size) {

  /// More steps than that are no longer told apart.
  public static final int MAX_SIZE = 60;

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30));

  /// Cuts a window into steps of a round length.
  public static TimeGrid of(TimeWindow window) {
    Duration length = Duration.between(window.from(), window.until());
    Duration step =
        STEPS.stream()
            .filter(each -> length.compareTo(each.multipliedBy(MAX_SIZE)) <= 0)
            .findFirst()
            .orElseGet(() -> length.dividedBy(MAX_SIZE).plusSeconds(1));
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
