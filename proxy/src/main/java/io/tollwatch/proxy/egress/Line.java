package io.tollwatch.proxy.egress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Places, given to calls in the order in which they come. Their number can be lowered below what
/// is taken: then whoever leaves leaves none.
///
/// Who waits has no timer of its own; somebody refuses now and then those that have waited for too
/// long. A timed wait of a virtual thread wakes the thread that keeps the timers when it begins and
/// when it ends: where nearly all calls wait, that took a tenth of the processor.
///
/// Thread-safe.
final class Line {

  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int free;

  /// @param places how many there are at first
  /// @param nanos a monotonic clock
  Line(int places, LongSupplier nanos) {
    this.free = places;
    this.nanos = nanos;
  }

  private enum Turn {
    NOT_YET,
    ENTERS,
    REFUSED
  }

  /// Who waits. Its turn changes once, under the lock.
  private static final class Waiting {
    private final Thread thread = Thread.currentThread();
    private final long sinceNanos;
    private volatile Turn turn = Turn.NOT_YET;

    Waiting(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }

    void comes(Turn its) {
      turn = its;
      LockSupport.unpark(thread);
    }
  }

  /// Takes a place, as soon as there is one. An interrupt ends the wait, and stays set.
  ///
  /// @return false if there was none until it was refused
  boolean enter() {
    Waiting mine;
    lock.lock();
    try {
      if (free > 0 && waiting.isEmpty()) {
        free--;
        return true;
      }
      mine = new Waiting(nanos.getAsLong());
      waiting.addLast(mine);
    } finally {
      lock.unlock();
    }
    while (mine.turn == Turn.NOT_YET) {
      LockSupport.park(this);
      if (Thread.currentThread().isInterrupted()) {
        giveUp(mine);
      }
    }
    return mine.turn == Turn.ENTERS;
  }

  private void giveUp(Waiting mine) {
    lock.lock();
    try {
      if (mine.turn == Turn.NOT_YET) {
        waiting.remove(mine);
        mine.turn = Turn.REFUSED;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Gives a place back.
  void leave() {
    change(1);
  }

  /// Makes so many more places; fewer if negative.
  void change(int places) {
    lock.lock();
    try {
      free += places;
      while (free > 0 && !waiting.isEmpty()) {
        free--;
        waiting.removeFirst().comes(Turn.ENTERS);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Refuses those that have waited since before then.
  void refuse(long beforeNanos) {
    lock.lock();
    try {
      while (!waiting.isEmpty() && waiting.getFirst().sinceNanos - beforeNanos < 0) {
        waiting.removeFirst().comes(Turn.REFUSED);
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many places are free; negative where more are taken than there are.
  int free() {
    lock.lock();
    try {
      return free;
    } finally {
      lock.unlock();
    }
  }

  /// How many wait.
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
