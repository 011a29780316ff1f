package io.tollwatch.health;

import io.tollwatch.exchange.BreakerChange;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Changes of breakers on their way to whoever listens: noted under the breaker's lock, told after
/// it, in the order in which they happened. Thread-safe.
///
/// ```
/// thread A: lock, note 1, unlock ............ tell: 1, 2
/// thread B:               lock, note 2, unlock, tell: waits for A, finds nothing
/// ```
final class Announcements {

  private final Queue<BreakerChange> noted = new ConcurrentLinkedQueue<>();
  private final ReentrantLock telling = new ReentrantLock();
  private final Consumer<BreakerChange> listener;

  Announcements(Consumer<BreakerChange> listener) {
    this.listener = listener;
  }

  void note(BreakerChange change) {
    noted.add(change);
  }

  void tell() {
    if (noted.isEmpty()) {
      return;
    }
    telling.lock();
    try {
      for (BreakerChange next = noted.poll(); next != null; next = noted.poll()) {
        listener.accept(next);
      }
    } finally {
      telling.unlock();
    }
  }
}
