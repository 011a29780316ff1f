package io.tollwatch.routing;

import java.time.Duration;

/// Counts the results of one operation at one provider, by slots of [#SLOT]. Thread-safe; the last
/// [#LONGEST] are known, whatever the number of calls.
final class RecentResults {

  /// How fine the time is divided.
  static final Duration SLOT = Duration.ofSeconds(5);

  /// The longest window that can be asked for.
  static final Duration LONGEST = Duration.ofHours(1);

  private static final int SLOTS = (int) LONGEST.dividedBy(SLOT) + 1;

  private final long[] fine = new long[SLOTS];
  private final long[] failed = new long[SLOTS];
  private final long[] tookNanos = new long[SLOTS];
  private long slot;
  private Results total = Results.NONE;

  RecentResults(long nowNanos) {
    this.slot = slotOf(nowNanos);
  }

  synchronized void note(boolean good, Duration took, long nowNanos) {
    turn(nowNanos);
    total = total.plus(good ? new Results(1, 0, took) : new Results(0, 1, Duration.ZERO));
    int place = place(slot);
    if (good) {
      fine[place]++;
      tookNanos[place] += took.toNanos();
    } else {
      failed[place]++;
    }
  }

  /// Those of the last time, rounded up to whole slots.
  synchronized Results within(Duration window, long nowNanos) {
    turn(nowNanos);
    long slots = Math.min(SLOTS - 1L, window.plus(SLOT).minusNanos(1).dividedBy(SLOT));
    long good = 0;
    long bad = 0;
    long took = 0;
    int place = place(slot);
    for (long left = slots; left >= 0; left--) {
      good += fine[place];
      bad += failed[place];
      took += tookNanos[place];
      place = place == 0 ? SLOTS - 1 : place - 1;
    }
    return new Results(good, bad, Duration.ofNanos(took));
  }

  /// All since the beginning.
  synchronized Results total() {
    return total;
  }

  /// Empties the slots of the time that has passed since.
  private void turn(long nowNanos) {
    long now = slotOf(nowNanos);
    for (long next = Math.max(slot + 1, now - SLOTS + 1); next <= now; next++) {
      fine[place(next)] = 0;
      failed[place(next)] = 0;
      tookNanos[place(next)] = 0;
    }
    slot = Math.max(slot, now);
  }

  private static long slotOf(long nanos) {
    return Math.floorDiv(nanos, SLOT.toNanos());
  }

  private static int place(long slot) {
    return (int) Math.floorMod(slot, (long) SLOTS);
  }
}
