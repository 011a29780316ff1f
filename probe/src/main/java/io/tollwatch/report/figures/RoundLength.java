package io.tollwatch.report.figures;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Lengths of time that people count in, from a second to thirty days. Stateless.
public final class RoundLength {

  private static final List<Duration> ALL =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(30));

  private RoundLength() {}

  /// The shortest that goes into a length so many times at most; empty if that is none.
  public static Optional<Duration> of(Duration length, int most) {
    return ALL.stream().filter(each -> length.compareTo(each.multipliedBy(most)) <= 0).findFirst();
  }
}
