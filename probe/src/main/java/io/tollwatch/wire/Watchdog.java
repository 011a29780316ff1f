package io.tollwatch.wire;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Ends overdue attempts: one thread for all of them, which closes their connections. Deadlines are
/// kept to one tick; beside thousands of attempts that wait to a fifth of a second. Thread-safe.
///
/// A socket timeout on a virtual thread turns each read into a timed park, which costs a sixth of a
/// call; and it does not cover writes.
public final class Watchdog implements AutoCloseable {

  /// Thousands that wait must not cost the others their core: the watch looks for a fiftieth of its
  /// time at most.
  private static final int REST = 50;

  /// A look in which the whole process stood still was no long look.
  private static final long LONGEST_REST = Duration.ofMillis(200).toNanos();

  private final Set<Trip> trips = ConcurrentHashMap.newKeySet();
  private final LongSupplier nanos;
  private final Thread thread;
  private volatile boolean stopping;

  /// Starts the watch.
  ///
  /// @param nanos a monotonic clock
  /// @param tick how often to look
  public Watchdog(LongSupplier nanos, Duration tick) {
    this.nanos = nanos;
    this.thread = Thread.ofPlatform().name("tollwatch-watchdog").daemon().start(() -> run(tick));
  }

  void watch(Trip trip) {
    trips.add(trip);
    if (stopping) {
      trip.shutDown();
    }
  }

  void release(Trip trip) {
    trips.remove(trip);
  }

  /// How many attempts are under way.
  public int running() {
    return trips.size();
  }

  /// Breaks all attempts that are under way, and all that begin from now on, because Tollwatch
  /// stops.
  public void breakAll() {
    stopping = true;
    // all are told before the first connection closes: what that frees must not be used by another
    trips.forEach(Trip::condemn);
    trips.forEach(Trip::shutDown);
  }

  /// Ends the watch. Attempts under way go on without deadlines.
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run(Duration tick) {
    try {
      Duration pause = tick;
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(pause);
        long now = nanos.getAsLong();
        trips.forEach(trip -> trip.endIfOverdue(now));
        long took = nanos.getAsLong() - now;
        pause = Duration.ofNanos(Math.max(tick.toNanos(), Math.min(took * REST, LONGEST_REST)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
