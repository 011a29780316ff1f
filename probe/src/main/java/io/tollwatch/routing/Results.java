package io.tollwatch.routing;

import java.time.Duration;

/// What calls at one provider came to within some time. Immutable.
///
/// @param fine how many were answered as calls should be: declines are answers (P8)
/// @param failed how many showed that it could not be used
/// @param took how long the fine ones took in all
public record Results(long fine, long failed, Duration took) {

  static final Results NONE = new Results(0, 0, Duration.ZERO);

  long all() {
    return fine + failed;
  }

  Results plus(Results other) {
    return new Results(fine + other.fine, failed + other.failed, took.plus(other.took));
  }

  Results minus(Results earlier) {
    return new Results(fine - earlier.fine, failed - earlier.failed, took.minus(earlier.took));
  }

  /// The same without one failure: one is noise, however few calls there were.
  Results lenient() {
    return new Results(fine, Math.max(0, failed - 1), took);
  }

  /// The share of the fine ones, as if so many calls more had had that share: a few calls must not
  /// weigh like many.
  double rate(double otherwise, int asMany) {
    return (fine + otherwise * asMany) / (all() + asMany);
  }

  /// How long a fine one took on average, in seconds, as if so many more had taken that long.
  double meanSeconds(double otherwise, int asMany) {
    return (took.toNanos() / 1e9 + otherwise * asMany) / (fine + asMany);
  }
}
