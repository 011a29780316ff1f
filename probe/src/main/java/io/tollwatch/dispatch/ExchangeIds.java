package io.tollwatch.dispatch;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Makes ids of exchanges: 26 characters that sort by time, to the millisecond, and are random
/// beyond it, so that several sidecars can share a ledger. Thread-safe if its randomness is.
public final class ExchangeIds {

  /// Crockford's alphabet: no I, L, O, U, so that an id can be read out over a telephone.
  private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

  private static final int TIME_CHARS = 10;
  private static final int RANDOM_CHARS = 16;

  private final RandomGenerator random;

  /// Ids from a randomness that nobody can guess.
  public ExchangeIds() {
    this(new BulkRandom(new SecureRandom()));
  }

  ExchangeIds(RandomGenerator random) {
    this.random = random;
  }

  /// A new id for something that began then.
  public String next(Instant at) {
    char[] id = new char[TIME_CHARS + RANDOM_CHARS];
    long millis = at.toEpochMilli();
    for (int i = TIME_CHARS - 1; i >= 0; i--) {
      id[i] = ALPHABET[(int) (millis & 31)];
      millis >>>= 5;
    }
    long high = random.nextLong();
    long low = random.nextLong();
    for (int i = 0; i < RANDOM_CHARS / 2; i++) {
      id[TIME_CHARS + i] = ALPHABET[(int) (high >>> (5 * i) & 31)];
      id[TIME_CHARS + RANDOM_CHARS / 2 + i] = ALPHABET[(int) (low >>> (5 * i) & 31)];
    }
    return new String(id);
  }
}
