package io.tollwatch.checks.run;

import io.tollwatch.wire.CallerWatch;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells running checks to end: the step in flight is cut, and what remains is the clean-up.
/// Thread-safe.
final class Stop {

  private final CountDownLatch latch = new CountDownLatch(1);
  private final Set<CallerWatch> inFlight = ConcurrentHashMap.newKeySet();

  /// A step that can be cut from now on.
  CallerWatch begin() {
    CallerWatch watch = new CallerWatch();
    inFlight.add(watch);
    if (isAsked()) {
      watch.gone();
    }
    return watch;
  }

  void end(CallerWatch watch) {
    inFlight.remove(watch);
  }

  boolean isAsked() {
    return latch.getCount() == 0;
  }

  void ask() {
    latch.countDown();
    inFlight.forEach(CallerWatch::gone);
  }

  /// Waits, or not any more once it is asked to stop.
  void pause(Duration time) {
    try {
      boolean _ = latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
