package io.tollwatch.checks.hook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The webhooks that came for one run, from its beginning to its end: at most [#MOST] that were not
/// looked at yet, further ones are dropped. One that is told twice, here and by the ledger, comes
/// once. Thread-safe.
public final class Mailbox implements AutoCloseable {

  static final int MOST = 64;

  /// How many it knows to have come.
  private static final int KNOWN = 1_000;

  private final BlockingQueue<HookCall> calls = new ArrayBlockingQueue<>(MOST);
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final String provider;
  private final Instant opened;
  private final Runnable onClose;

  Mailbox(String provider, Instant opened, Runnable onClose) {
    this.provider = provider;
    this.opened = opened;
    this.onClose = onClose;
  }

  String provider() {
    return provider;
  }

  Instant opened() {
    return opened;
  }

  void put(HookCall call) {
    if (call.exchange().isEmpty() || (known.size() < KNOWN && known.add(call.exchange().get()))) {
      boolean _ = calls.offer(call);
    }
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
