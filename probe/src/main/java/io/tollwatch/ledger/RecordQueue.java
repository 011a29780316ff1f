package io.tollwatch.ledger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The bounded queue between the request path and the one writer. A record stays in it until it is
/// written, so that what is in the writer's hands counts against the bounds too. Thread-safe;
/// offering never waits for the writer.
final class RecordQueue {

  private final int maxRecords;
  private final long maxWeight;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition drained = lock.newCondition();
  private final ArrayDeque<LedgerRecord> records = new ArrayDeque<>();
  private long weight;
  private long accepted;
  private long removed;
  private boolean closed;

  /// An empty queue.
  ///
  /// @param maxRecords how many records it holds at most
  /// @param maxWeight how much they may weigh together, in characters: a count alone bounds nothing
  ///   where one record may carry a large body
  RecordQueue(int maxRecords, long maxWeight) {
    if (maxRecords < 1 || maxWeight < 1) {
      throw new IllegalArgumentException("no room: %d, %d".formatted(maxRecords, maxWeight));
    }
    this.maxRecords = maxRecords;
    this.maxWeight = maxWeight;
  }

  /// Takes the record in, unless the queue is full or closed.
  boolean offer(LedgerRecord next) {
    long added = next.weight();
    lock.lock();
    try {
      if (closed || records.size() >= maxRecords || weight + added > maxWeight) {
        return false;
      }
      records.add(next);
      weight += added;
      accepted++;
      filled.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The oldest records, which stay in the queue. Waits for one; empty only once the queue is
  /// closed and has run out.
  List<LedgerRecord> oldest(int max) throws InterruptedException {
    lock.lock();
    try {
      while (records.isEmpty() && !closed) {
        filled.await();
      }
      List<LedgerRecord> batch = new ArrayList<>(Math.min(max, records.size()));
      for (Iterator<LedgerRecord> i = records.iterator(); i.hasNext() && batch.size() < max; ) {
        batch.add(i.next());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /// Takes the oldest records out: they are done with.
  void remove(int count) {
    lock.lock();
    try {
      for (int i = 0; i < count; i++) {
        weight -= records.remove().weight();
      }
      removed += count;
      drained.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until everything accepted before this call is done with.
  ///
  /// @return whether that came to pass within the limit
  boolean awaitDrained(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long goal = accepted;
      long left = limit.toNanos();
      while (removed < goal && left > 0) {
        left = drained.awaitNanos(left);
      }
      return removed >= goal;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return records.size();
    } finally {
      lock.unlock();
    }
  }

  /// Takes nothing more in; what is in it can still be read.
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
