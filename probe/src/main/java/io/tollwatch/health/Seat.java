package io.tollwatch.health;

import java.time.Instant;

/// A call's place in a breaker. Confined to the breaker's lock.
final class Seat {

  private final long generation;
  private final Instant taken;
  private final boolean decides;
  private boolean overdue;

  /// @param generation how often the breaker had changed its state when it was given
  /// @param decides whether its result decides of a breaker that is half open
  Seat(long generation, Instant taken, boolean decides) {
    this.generation = generation;
    this.taken = taken;
    this.decides = decides;
  }

  boolean isOf(long current) {
    return generation == current;
  }

  Instant taken() {
    return taken;
  }

  boolean decides() {
    return decides;
  }

  /// Whether it has counted as slow while it ran.
  boolean isOverdue() {
    return overdue;
  }

  void becomesOverdue() {
    overdue = true;
  }
}
