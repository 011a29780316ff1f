package io.tollwatch.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// How long the calls of an operation usually take at a provider: their median over the last whole
/// quarter of an hour that had enough of them. What is slow now does not move it at once.
/// Thread-safe; takes some 30 KB.
final class Normal {

  private static final Duration PERIOD = Duration.ofMinutes(15);
  private static final int ENOUGH = 100;
  private static final int DIGITS = 2;
  private static final double MEDIAN = 50;

  private final Histogram millis = new Histogram(DIGITS);
  private Instant begun;
  private volatile Optional<Duration> median = Optional.empty();

  Normal(Instant now) {
    this.begun = now;
  }

  /// The median; empty as long as too few calls are known.
  Optional<Duration> median() {
    return median;
  }

  /// Takes note of a call that was answered.
  synchronized void note(Duration took, Instant now) {
    millis.recordValue(Math.max(0, took.toMillis()));
    boolean over = Duration.between(begun, now).compareTo(PERIOD) >= 0 || median.isEmpty();
    if (over && millis.getTotalCount() >= ENOUGH) {
      median = Optional.of(Duration.ofMillis(millis.getValueAtPercentile(MEDIAN)));
      millis.reset();
      begun = now;
    }
  }
}
