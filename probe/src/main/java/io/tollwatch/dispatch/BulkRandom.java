package io.tollwatch.dispatch;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// A randomness that nobody can guess, taken from its source some hundred numbers at a time: asked
/// for each number it costs as much as a fingerprint. Thread-safe.
final class BulkRandom implements RandomGenerator {

  private static final int NUMBERS = 128;

  private final SecureRandom source;
  private final ByteBuffer stock = ByteBuffer.allocate(NUMBERS * Long.BYTES).flip();

  BulkRandom(SecureRandom source) {
    this.source = source;
  }

  @Override
  public synchronized long nextLong() {
    if (!stock.hasRemaining()) {
      source.nextBytes(stock.clear().array());
    }
    return stock.getLong();
  }
}
