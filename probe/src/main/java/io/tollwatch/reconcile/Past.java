package io.tollwatch.reconcile;

import io.tollwatch.exchange.TextHash;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is remembered of a payment that was taken, of which there are so many that each byte
/// counts: hashes stand for what is only compared. Immutable.
///
/// @param key hash of its idempotency key's fingerprint; 0 if it has none
/// @param payment hash of the gateway's id of it; 0 if it is not known
/// @param amountMinor [#UNKNOWN] if it is not known
/// @param doubted whether it was in doubt before
record Past(
    String exchange,
    String provider,
    long key,
    long payment,
    long amountMinor,
    @Nullable String currency,
    @Nullable String reference,
    boolean doubted) {

  private static final long UNKNOWN = Long.MIN_VALUE;

  static Past of(Taken taken) {
    return new Past(
        taken.exchange(),
        taken.provider(),
        hash(taken.key()),
        hash(taken.payment()),
        taken.amountMinor().orElse(UNKNOWN),
        taken.currency().map(String::intern).orElse(null), // there are a few
        taken.reference().orElse(null),
        taken.doubted());
  }

  /// A call with the same key or about the same id at the same provider is about the same payment
  /// there.
  boolean isAnother(Past other) {
    return !exchange.equals(other.exchange)
        && !(provider.equals(other.provider)
            && (same(key, other.key) || same(payment, other.payment)));
  }

  OptionalLong amount() {
    return amountMinor == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(amountMinor);
  }

  private static boolean same(long one, long other) {
    return one != 0 && one == other;
  }

  private static long hash(Optional<String> text) {
    return text.map(known -> TextHash.of(known)).orElse(0L);
  }
}
