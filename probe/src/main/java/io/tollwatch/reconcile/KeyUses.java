package io.tollwatch.reconcile;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.LatestByHash;
import io.tollwatch.exchange.TextHash;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When idempotency keys were first used: from then on a gateway remembers them, however often they
/// come again. Thread-safe; holds the newest [#MAX] keys. Of a key that it may have forgotten it
/// says that it is as old as the oldest that it has: that proves less, and never too much (P1).
final class KeyUses {

  static final int MAX = 30_000;

  /// No gateway remembers a key for longer.
  static final Duration LONGEST_LIFE = Duration.ofDays(60);

  private final LatestByHash<Known> firstUses;
  private Optional<Use> oldestForgotten = Optional.empty();
  private long newestForgottenNanos;

  /// A key's first use, as far as is known. Immutable.
  ///
  /// @param at by the wall clock, which may have been set since
  /// @param nanos by the steady clock of this run, not later than it was; where another made it,
  ///   when this run learned of it
  /// @param before whether an earlier run made it, or somebody else: then only the wall clock tells
  ///   how long ago
  record Use(Instant at, long nanos, boolean before) {

    /// The earlier of two in all respects.
    private Use and(Use other) {
      return new Use(
          at.isBefore(other.at) ? at : other.at,
          nanos - other.nanos < 0 ? nanos : other.nanos,
          before || other.before);
    }

    /// Whether it was surely no longer ago than that.
    boolean isWithin(Duration life, long nowNanos) {
      return !before && nowNanos - nanos <= life.toNanos();
    }

    /// Whether it was no longer ago than half of that by either clock.
    boolean seemsWithinHalf(Duration life, Instant now, long nowNanos) {
      Duration half = life.dividedBy(2);
      return nowNanos - nanos <= half.toNanos() && !now.isBefore(at) && !now.isAfter(at.plus(half));
    }
  }

  /// What is known of a key: a [Use] in one object, since there are so many.
  ///
  /// @param at since the epoch, in nanoseconds
  /// @param exchange hash of the call that came first
  private record Known(long at, long nanos, boolean before, long exchange) {

    static Known of(Use first, long exchange) {
      return new Known(
          ChronoUnit.NANOS.between(Instant.EPOCH, first.at()),
          first.nanos(),
          first.before(),
          exchange);
    }

    Use first() {
      return new Use(Instant.ofEpochSecond(0, at), nanos, before);
    }

    Known and(Use use) {
      return of(first().and(use), exchange);
    }
  }

  KeyUses() {
    this(MAX);
  }

  KeyUses(int max) {
    this.firstUses = new LatestByHash<>(max);
  }

  /// Takes note of a call.
  ///
  /// @return when its key was first used at the earliest; the call itself if it has none
  synchronized Use note(Intent intent, Use use) {
    var key = intent.correlation().idempotencyKey();
    if (key.isEmpty() || !intent.movesMoney()) {
      return use;
    }
    // of two keys with the same hash the younger one would only be believed less
    long hash = hash(intent, key.get());
    Known now =
        firstUses
            .find(hash)
            .map(known -> known.and(use))
            .orElseGet(() -> Known.of(atTheEarliest(use), TextHash.of(intent.id())));
    firstUses.put(hash, now).ifPresent(oldest -> forgotten(oldest.first()));
    return now.first();
  }

  /// Whether a call's key is known to have come with an earlier call: the gateway may know that one
  /// by it.
  synchronized boolean cameBefore(Intent intent) {
    return intent
        .correlation()
        .idempotencyKey()
        .flatMap(key -> firstUses.find(hash(intent, key)))
        .filter(known -> known.exchange() != TextHash.of(intent.id()))
        .isPresent();
  }

  private static long hash(Intent intent, String key) {
    return TextHash.of(intent.provider(), intent.operation().word(), key);
  }

  private Use atTheEarliest(Use now) {
    return oldestForgotten
        .filter(_ -> now.nanos() - newestForgottenNanos < LONGEST_LIFE.toNanos())
        .map(now::and)
        .orElse(now);
  }

  private void forgotten(Use first) {
    newestForgottenNanos =
        oldestForgotten.isEmpty() || first.nanos() - newestForgottenNanos > 0
            ? first.nanos()
            : newestForgottenNanos;
    oldestForgotten = Optional.of(oldestForgotten.map(first::and).orElse(first));
  }
}
