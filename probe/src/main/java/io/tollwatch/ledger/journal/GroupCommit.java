package io.tollwatch.ledger.journal;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Brings written records to the disk, as many at a time as have come: at once when somebody waits
/// for it, otherwise within 100 ms. One thread forces, all others wait for it or don't. Guarded by
/// the journal's lock, which is never held while the disk works.
///
/// After a failed force nobody knows what the disk has, and the next one may say that all is well
/// while it is not. So a segment that failed once counts as not forced for ever, and the journal
/// goes on with a new one.
final class GroupCommit {

  private static final long LAZY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReentrantLock lock;
  private final Condition work;
  private final Condition done;
  private final long limitNanos;
  private final Forcing forcing;
  private final SegmentSupply supply;
  private final Troubles troubles;
  private final Thread thread;

  private final ArrayDeque<MappedSegment> dirty = new ArrayDeque<>();
  private boolean urgent;
  private boolean stalled;
  private boolean closed;

  /// Starts the thread.
  ///
  /// @param lock the journal's
  /// @param limit how long a thread waits at most
  GroupCommit(
      ReentrantLock lock,
      Duration limit,
      Forcing forcing,
      SegmentSupply supply,
      Troubles troubles) {
    this.lock = lock;
    this.work = lock.newCondition();
    this.done = lock.newCondition();
    this.limitNanos = limit.toNanos();
    this.forcing = forcing;
    this.supply = supply;
    this.troubles = troubles;
    this.thread = Thread.ofPlatform().name("tollwatch-journal-force").daemon().start(this::run);
  }

  /// Something was written to the segment, or it was retired. With the lock held.
  void touched(MappedSegment segment) {
    if (dirty.peekLast() != segment) {
      dirty.add(segment);
      work.signal();
    }
  }

  /// Waits, with the lock held when called and when it returns, until the segment is on the disk up
  /// to an offset.
  ///
  /// @return why that is not known to be so; empty if it is so
  Optional<String> await(MappedSegment segment, long offset) {
    urgent = true;
    work.signal();
    long left = stalled ? 0 : limitNanos;
    try {
      while (segment.forced() < offset && segment.failure().isEmpty() && left > 0) {
        left = done.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while waiting for the disk");
    }
    if (segment.forced() >= offset) {
      return Optional.empty();
    }
    stalled |= segment.failure().isEmpty(); // the next ones need not wait as long again
    return Optional.of(segment.failure().orElse("the disk took too long"));
  }

  private void run() {
    try {
      List<Target> targets;
      do {
        targets = next();
        targets.forEach(this::force);
      } while (!targets.isEmpty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What to force next: a segment between two offsets.
  private record Target(MappedSegment segment, long from, long to, boolean last) {}

  /// Waits for something to force; empty once closed and everything is done.
  private List<Target> next() throws InterruptedException {
    lock.lock();
    try {
      while (dirty.isEmpty() && !closed) {
        work.await();
      }
      long left = LAZY_NANOS;
      while (!urgent && !closed && left > 0) {
        left = work.awaitNanos(left);
      }
      urgent = false;
      List<Target> targets = new ArrayList<>();
      for (MappedSegment each : dirty) {
        targets.add(new Target(each, each.forced(), each.end(), each.isRetired()));
      }
      dirty.clear();
      return targets;
    } finally {
      lock.unlock();
    }
  }

  private void force(Target target) {
    Optional<String> failure = target.segment().failure();
    if (failure.isEmpty() && target.to() > target.from()) {
      failure = failureOf(target);
    }
    lock.lock();
    try {
      if (failure.isEmpty()) {
        target.segment().forcedTo(target.to());
        stalled = false;
      } else {
        target.segment().failed(failure.get());
      }
      done.signalAll();
    } finally {
      lock.unlock();
    }
    if (target.last()) {
      supply.retire(target.segment());
    }
  }

  private Optional<String> failureOf(Target target) {
    try {
      forcing.force(target.segment().part(target.from(), target.to()));
      troubles.end();
      return Optional.empty();
    } catch (UncheckedIOException | InternalError e) {
      String reason = "the journal can't be forced to the disk: " + e.getMessage();
      troubles.begin(reason);
      return Optional.of(reason);
    }
  }

  /// Forces what is left and ends the thread; gives up after 10 seconds. Without the lock.
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
