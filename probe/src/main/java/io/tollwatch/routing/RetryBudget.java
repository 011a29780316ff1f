package io.tollwatch.routing;

import java.util.function.LongSupplier;

/// How many calls of a channel may be sent a second time: a share of the calls of the last ten
/// seconds, and [#FLOOR_PER_SECOND] in any case. Without it, an outage doubles the load on the
/// providers that are left. Thread-safe.
final class RetryBudget {

  /// What small channels may do always.
  static final int FLOOR_PER_SECOND = 10;

  private static final int SLOTS = 10;
  private static final long SLOT_NANOS = 1_000_000_000;

  private final LongSupplier nanos;
  private final long[] calls = new long[SLOTS];
  private final long[] moves = new long[SLOTS];
  private long slot;

  RetryBudget(LongSupplier nanos) {
    this.nanos = nanos;
    this.slot = now();
  }

  /// A call came.
  synchronized void called() {
    turn();
    calls[at(slot)]++;
  }

  /// A call was sent to another provider.
  synchronized void moved() {
    turn();
    moves[at(slot)]++;
  }

  /// Whether one more may be.
  ///
  /// @param share of the calls, 0 to 1
  synchronized boolean hasLeft(double share) {
    turn();
    return moves[at(slot)] < FLOOR_PER_SECOND || sum(moves) < share * sum(calls);
  }

  /// Empties the slots of seconds that have passed since.
  private void turn() {
    long now = now();
    for (long next = Math.max(slot + 1, now - SLOTS + 1); next <= now; next++) {
      calls[at(next)] = 0;
      moves[at(next)] = 0;
    }
    slot = Math.max(slot, now);
  }

  private long now() {
    return Math.floorDiv(nanos.getAsLong(), SLOT_NANOS);
  }

  private static int at(long slot) {
    return (int) Math.floorMod(slot, (long) SLOTS);
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
