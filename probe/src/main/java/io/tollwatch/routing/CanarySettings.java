package io.tollwatch.routing;

import java.time.Duration;
import java.util.List;

/// How the share of a canary grows, and when it shrinks. Immutable.
///
/// @param steps percentages of traffic, growing to 100; default 1, 5, 25, 50, 100
/// @param stepTime how long a step takes at least; default 10m, from 1s to 7d
/// @param minCalls how many calls of a step must have come to something; default 20, from 5 to
///   100000
/// @param significance how likely a step down may be although the canary is as good as the others;
///   default 0.01, from 0.001 to 0.2
public record CanarySettings(
    List<Integer> steps, Duration stepTime, int minCalls, double significance) {

  public CanarySettings {
    steps = List.copyOf(steps);
  }

  /// Where no file says otherwise.
  public static CanarySettings defaults() {
    return new CanarySettings(List.of(1, 5, 25, 50, 100), Duration.ofMinutes(10), 20, 0.01);
  }

  /// The highest step that is at most that share; the first if there is none.
  int stepOf(int share) {
    int step = 0;
    while (step + 1 < steps.size() && steps.get(step + 1) <= share) {
      step++;
    }
    return step;
  }
}
