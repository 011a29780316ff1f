package io.tollwatch.reconcile;

import io.tollwatch.exchange.Intent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// When idempotency keys were first used: from then on a gateway remembers them, however often they
/// come again. Thread-safe; holds the newest [#MAX] keys.
final class KeyUses {

  static final int MAX = 50_000;

  private final Map<Long, Instant> firstUses = new LinkedHashMap<>();

  /// Takes note of a call.
  ///
  /// @return when its key was first used, as far as is known; its own start if it has none
  synchronized Instant note(Intent intent) {
    var key = intent.correlation().idempotencyKey();
    if (key.isEmpty() || !intent.movesMoney()) {
      return intent.startedAt();
    }
    long hash = hash(intent.provider() + '\0' + intent.operation().word() + '\0' + key.get());
    Instant known = firstUses.get(hash);
    Instant first =
        known == null || intent.startedAt().isBefore(known) ? intent.startedAt() : known;
    firstUses.put(hash, first);
    if (firstUses.size() > MAX) {
      firstUses.remove(firstUses.keySet().iterator().next());
    }
    return first;
  }

  /// 64 bits: of two keys with the same hash the younger one would only be believed less.
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
