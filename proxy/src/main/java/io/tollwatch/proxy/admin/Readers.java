package io.tollwatch.proxy.admin;

import io.tollwatch.ledger.store.Pace;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// Who reads the ledger for people: a few at a time, since calls need the memory more than they do
/// (P4), and on threads of the system's. A report works for seconds, and a virtual thread that
/// works keeps its carrier, so that on one processor calls waited for the end of it. While calls
/// are made they rest in between ([Pace]): together they take a fifth of the machine. Thread-safe.
///
/// Their threads have no lower priority (`setpriority(2)`): a thread hands its own down to those
/// that it starts, and whom a reader wakes may need a new carrier, which then works so for calls.
final class Readers {

  private final int most;
  private final int processors;
  private final BooleanSupplier busy;
  private final Semaphore free;

  /// @param most how many read at once
  /// @param processors of the machine
  /// @param busy whether calls are made
  Readers(int most, int processors, BooleanSupplier busy) {
    this.most = most;
    this.processors = processors;
    this.busy = busy;
    this.free = new Semaphore(most);
  }

  /// How long each rests after [Pace#WORK_MILLIS].
  int restMillis() {
    return busy.getAsBoolean() ? Pace.restMillis(most - free.availablePermits(), processors) : 0;
  }

  /// Reads, and waits for the end of it.
  ///
  /// @return false if too many do, and nothing was done
  /// @throws RuntimeException what the reading threw
  boolean read(Runnable reading) {
    if (!free.tryAcquire()) {
      return false;
    }
    try {
      beside(() -> Pace.with(this::restMillis, reading));
      return true;
    } finally {
      free.release();
    }
  }

  private static void beside(Runnable work) {
    FutureTask<Void> reading = new FutureTask<>(work, null);
    Thread.ofPlatform().daemon().name("tollwatch-reader").start(reading);
    try {
      reading.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failed -> throw failed;
        case Error failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      reading.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Tollwatch stops", e);
    }
  }
}
