package io.tollwatch.reconcile;

import io.tollwatch.attempt.Origin;
import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// How many looks a provider's live traffic bears: [#FLOOR] a minute, and a tenth of its live calls
/// of the last minute. Clients' own looks deepened the UPI outage of 2025-04-12: whoever asks must
/// stay small beside whoever pays, whatever rate is configured. Thread-safe; bounded by the number
/// of providers.
public final class Traffic implements Observer {

  /// How many looks a minute are let go in any case: a provider that gets no calls because all go
  /// elsewhere is still asked.
  static final int FLOOR = 30;

  /// Of so many live calls one more look is let go.
  static final int CALLS_FOR_LOOK = 10;

  private static final int SLOTS = 6;
  private static final long SLOT_NANOS = 10_000_000_000L;

  private final Map<String, Minute> minutes = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  public Traffic(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public void settled(Intent intent, Outcome outcome) {
    if (intent.origin() == Origin.LIVE) {
      of(intent.provider()).called();
    }
  }

  /// Whether one more look may go, which is then counted.
  boolean bears(String provider) {
    return of(provider).look();
  }

  private Minute of(String provider) {
    return minutes.computeIfAbsent(provider, _ -> new Minute());
  }

  /// One provider's last minute, in slots of ten seconds.
  private final class Minute {
    private final long[] calls = new long[SLOTS];
    private final long[] looks = new long[SLOTS];
    private long slot = now();

    synchronized void called() {
      turn();
      calls[at(slot)]++;
    }

    synchronized boolean look() {
      turn();
      if (sum(looks) >= FLOOR + sum(calls) / CALLS_FOR_LOOK) {
        return false;
      }
      looks[at(slot)]++;
      return true;
    }

    private void turn() {
      long now = now();
      for (long next = Math.max(slot + 1, now - SLOTS + 1); next <= now; next++) {
        calls[at(next)] = 0;
        looks[at(next)] = 0;
      }
      slot = Math.max(slot, now);
    }
  }

  private long now() {
    return Math.floorDiv(nanos.getAsLong(), SLOT_NANOS);
  }

  private static int at(long slot) {
    return (int) Math.floorMod(slot, (long) SLOTS);
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
