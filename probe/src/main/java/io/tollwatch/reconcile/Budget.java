package io.tollwatch.reconcile;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// How many looks one provider gets: at most so many a second, evenly spread, halved with each look
/// that fails, and after a few in a row none but one at a time after a growing pause. It comes back
/// a step with each look that is answered: who asks a sick gateway too often deepens its outage.
/// Thread-safe.
final class Budget {

  /// After so many failed looks in a row only single ones go.
  static final int STOP = 3;

  /// How many looks are under way at most.
  static final int MAX_RUNNING = 4;

  static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  static final Duration MAX_PAUSE = Duration.ofMinutes(10);

  private int level;
  private int running;
  private Duration pause = FIRST_PAUSE;
  private Duration healthy = Duration.ofSeconds(1);
  private boolean begun;
  private long nextNanos;

  /// Asks for leave to make a look now.
  ///
  /// @param perSecond the most looks a second
  /// @param more what else must allow it, asked last
  synchronized boolean take(long nowNanos, double perSecond, BooleanSupplier more) {
    boolean early = begun && nowNanos - nextNanos < 0;
    if (early || running >= (level == 0 ? MAX_RUNNING : 1) || !more.getAsBoolean()) {
      return false;
    }
    begun = true;
    running++;
    healthy = Duration.ofNanos((long) (1e9 / perSecond));
    nextNanos = nowNanos + interval().toNanos();
    return true;
  }

  private Duration interval() {
    return level >= STOP ? pause : healthy.multipliedBy(1L << level);
  }

  /// Tells what came of a look that was let go.
  ///
  /// @param answered whether the gateway gave an answer that it gives when it is well
  synchronized void done(long nowNanos, boolean answered) {
    running--;
    if (answered) {
      boolean wasStopped = level >= STOP;
      level = Math.max(0, level - 1);
      pause = FIRST_PAUSE;
      if (wasStopped) {
        nextNanos = nowNanos + interval().toNanos(); // the long pause is over
      }
    } else if (level < STOP) {
      level++;
      if (level == STOP) {
        nextNanos = nowNanos + pause.toNanos();
      }
    } else {
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(MAX_PAUSE) < 0 ? longer : MAX_PAUSE;
      nextNanos = nowNanos + pause.toNanos();
    }
  }

  /// Whether only single looks go now.
  synchronized boolean stopped() {
    return level >= STOP;
  }
}
