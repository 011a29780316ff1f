package io.tollwatch.reconcile;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.TextHash;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// When idempotency keys were first used: from then on a gateway remembers them, however often they
/// come again. Thread-safe; holds the newest [#MAX] keys. Of a key that it may have forgotten it
/// says that it is as old as the oldest that it has: that proves less, and never too much (P1).
final class KeyUses {

  static final int MAX = 30_000;

  /// No gateway remembers a key for longer.
  static final Duration LONGEST_LIFE = Duration.ofDays(60);

  private final Map<Long, Instant> firstUses = new LinkedHashMap<>();
  private final int max;
  private Instant oldestForgotten = Instant.MAX;
  private Instant newestForgotten = Instant.MIN;

  KeyUses() {
    this(MAX);
  }

  KeyUses(int max) {
    this.max = max;
  }

  /// Takes note of a call.
  ///
  /// @return when its key was first used at the earliest; its own start if it has none
  synchronized Instant note(Intent intent) {
    var key = intent.correlation().idempotencyKey();
    if (key.isEmpty() || !intent.movesMoney()) {
      return intent.startedAt();
    }
    // of two keys with the same hash the younger one would only be believed less
    long hash = TextHash.of(intent.provider(), intent.operation().word(), key.get());
    Instant known = firstUses.get(hash);
    Instant first = earlier(known == null ? atTheEarliest(intent.startedAt()) : known, intent);
    firstUses.put(hash, first);
    if (firstUses.size() > max) {
      var oldest = firstUses.entrySet().iterator().next();
      firstUses.remove(oldest.getKey());
      forgotten(oldest.getValue());
    }
    return first;
  }

  private static Instant earlier(Instant first, Intent intent) {
    return intent.startedAt().isBefore(first) ? intent.startedAt() : first;
  }

  private Instant atTheEarliest(Instant now) {
    boolean mayBeForgotten = newestForgotten.isAfter(now.minus(LONGEST_LIFE));
    return mayBeForgotten ? oldestForgotten : now;
  }

  private void forgotten(Instant first) {
    oldestForgotten = first.isBefore(oldestForgotten) ? first : oldestForgotten;
    newestForgotten = first.isAfter(newestForgotten) ? first : newestForgotten;
  }
}
