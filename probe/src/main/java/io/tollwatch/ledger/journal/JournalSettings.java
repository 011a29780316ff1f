package io.tollwatch.ledger.journal;

import java.time.Duration;

/// How a journal is kept. Immutable.
///
/// @param segmentBytes the size of a segment, 4 KiB to 1 GiB, a multiple of 8; 16 MiB is a good
///   one: larger ones stay resident for longer
/// @param maxBytes what all segments may take on the disk, room for two at least; beyond it records
///   are not kept
/// @param durability what a kept record survives
/// @param forceLimit how long [Journal#appendDurable] waits for the disk at most
public record JournalSettings(
    int segmentBytes, long maxBytes, Durability durability, Duration forceLimit) {

  private static final int MIN_SEGMENT = 4 << 10;
  private static final int MAX_SEGMENT = 1 << 30;

  /// Checks the bounds.
  public JournalSettings {
    if (segmentBytes < MIN_SEGMENT || segmentBytes > MAX_SEGMENT || segmentBytes % 8 != 0) {
      throw new IllegalArgumentException("no size for a segment: " + segmentBytes);
    }
    if (maxBytes < 2L * segmentBytes) {
      throw new IllegalArgumentException("no room for two segments: " + maxBytes);
    }
    if (forceLimit.isNegative() || forceLimit.isZero()) {
      throw new IllegalArgumentException("no time to force: " + forceLimit);
    }
  }

  /// Segments of 16 MiB, 1 GiB in all, safe in the page cache, 2 s to force where that is asked
  /// for.
  public static JournalSettings defaults() {
    return new JournalSettings(16 << 20, 1L << 30, Durability.PAGE_CACHE, Duration.ofSeconds(2));
  }

  /// These, with segments of another size.
  public JournalSettings withSegmentBytes(int bytes) {
    return new JournalSettings(bytes, maxBytes, durability, forceLimit);
  }

  /// These, with another bound for all segments.
  public JournalSettings withMaxBytes(long bytes) {
    return new JournalSettings(segmentBytes, bytes, durability, forceLimit);
  }

  /// These, with another durability.
  public JournalSettings withDurability(Durability other) {
    return new JournalSettings(segmentBytes, maxBytes, other, forceLimit);
  }

  /// These, with another limit to wait for the disk.
  public JournalSettings withForceLimit(Duration limit) {
    return new JournalSettings(segmentBytes, maxBytes, durability, limit);
  }
}
