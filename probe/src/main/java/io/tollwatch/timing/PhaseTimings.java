package io.tollwatch.timing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the time of a finished attempt went. Immutable. The spans' [PhaseSpan#nanos()] and
/// [#ownNanos()] always sum to [#totalNanos()].
///
/// @param spans one for each phase that happened, by the time of its first start
/// @param totalNanos from the attempt's start to its end
public record PhaseTimings(List<PhaseSpan> spans, long totalNanos) {

  public PhaseTimings {
    spans = List.copyOf(spans);
    if (totalNanos < sum(spans)) {
      throw new IllegalArgumentException("phases exceed the total: " + totalNanos);
    }
  }

  /// The phase's span, or empty if it did not happen.
  public Optional<PhaseSpan> of(Phase phase) {
    for (PhaseSpan span : spans) {
      if (span.phase() == phase) {
        return Optional.of(span);
      }
    }
    return Optional.empty();
  }

  /// The time really spent in a phase, or empty if it did not happen.
  public Optional<Duration> duration(Phase phase) {
    return of(phase).map(span -> Duration.ofNanos(span.nanos()));
  }

  /// The whole attempt's time.
  public Duration total() {
    return Duration.ofNanos(totalNanos);
  }

  /// Tollwatch's own share: what was spent in no phase, in nanoseconds.
  public long ownNanos() {
    return totalNanos - sum(spans);
  }

  private static long sum(List<PhaseSpan> spans) {
    long sum = 0;
    for (PhaseSpan span : spans) {
      sum += span.nanos();
    }
    return sum;
  }
}
