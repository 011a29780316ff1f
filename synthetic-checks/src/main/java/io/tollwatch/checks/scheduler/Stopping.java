package io.tollwatch.checks.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets runs wait for their time, or for the end of the scheduler. Thread-safe.
final class Stopping {

  /// The clock may be set while somebody waits.
  private static final Duration STEP = Duration.ofSeconds(1);

  private final CountDownLatch asked = new CountDownLatch(1);

  void ask() {
    asked.countDown();
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /// Waits until that time.
  ///
  /// @return false if the scheduler ends before it
  boolean await(Instant time, InstantSource clock) {
    Duration left = Duration.between(clock.instant(), time);
    while (left.isPositive()) {
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      try {
        if (asked.await(step.toNanos(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      left = Duration.between(clock.instant(), time);
    }
    return !isAsked();
  }
}
