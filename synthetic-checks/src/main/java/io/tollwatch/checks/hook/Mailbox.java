package io.tollwatch.checks.hook;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The webhooks that came for one run, from its beginning to its end: at most [#MOST] that were not
/// looked at yet, further ones are dropped. Thread-safe.
public final class Mailbox implements AutoCloseable {

  static final int MOST = 64;

  private final BlockingQueue<HookCall> calls = new ArrayBlockingQueue<>(MOST);
  private final String provider;
  private final Runnable onClose;

  Mailbox(String provider, Runnable onClose) {
    this.provider = provider;
    this.onClose = onClose;
  }

  String provider() {
    return provider;
  }

  void put(HookCall call) {
    boolean _ = calls.offer(call);
  }

  /// The next call; empty if none came in time.
  public Optional<HookCall> next(Duration limit) {
    try {
      return Optional.ofNullable(calls.poll(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
