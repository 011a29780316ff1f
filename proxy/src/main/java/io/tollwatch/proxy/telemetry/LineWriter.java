package io.tollwatch.proxy.telemetry;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Writes lines on a thread of its own, so that nobody who has something to say ever waits for a
/// pipe that nobody reads (P4). What does not fit into the queue is left out and counted.
/// Thread-safe.
public final class LineWriter implements Consumer<String>, AutoCloseable {

  private static final int QUEUE = 1_000;

  private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong left = new AtomicLong();
  private final Consumer<String> out;
  private final Duration patience;
  private final Thread thread;
  private volatile boolean closing;

  /// @param out where lines go; may block
  /// @param patience how long closing waits for what is queued
  public LineWriter(Consumer<String> out, Duration patience) {
    this.out = out;
    this.patience = patience;
    this.thread = Thread.ofPlatform().name("tollwatch-lines").daemon().start(this::write);
  }

  @Override
  public void accept(String line) {
    if (!queue.offer(line)) {
      left.incrementAndGet();
    }
  }

  /// Writes what is queued, if it can be done in time.
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    while (!closing) {
      try {
        out.accept(queue.take());
      } catch (InterruptedException e) {
        break; // closing
      }
      sayWhatWasLeft();
    }
    for (String line = queue.poll(); line != null; line = queue.poll()) {
      out.accept(line);
    }
    sayWhatWasLeft();
  }

  private void sayWhatWasLeft() {
    long count = left.getAndSet(0);
    if (count > 0) {
      out.accept("{\"event\":\"lines_not_written\",\"count\":" + count + "}");
    }
  }
}
