package io.tollwatch.ledger.journal;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Sizes and byte order of the files. All numbers are little-endian.
///
/// A frame, at a multiple of 8 bytes, padded with zeros to the next one:
///
/// | offset | what |
/// |---|---|
/// | 0 | int: length of header and payload without padding; 0: nothing follows |
/// | 4 | int: checksum of the header, see [FrameCheck] |
/// | 8 | int: CRC-32C of the payload |
/// | 12 | int: kind, 0 to 255 |
/// | 16 | long: number of the record, from 0 when a process opens the journal |
/// | 24 | payload |
final class Format {

  /// The version that is written; all versions up to it are read.
  static final int VERSION = 1;

  static final int HEADER_BYTES = 64;
  static final int FRAME_HEADER_BYTES = 24;

  /// The longest payload.
  static final int MAX_PAYLOAD = 1 << 20;

  static final int MAX_FRAME = FRAME_HEADER_BYTES + MAX_PAYLOAD;
  static final int FRAME_CHECK = 4;
  static final int PAYLOAD_CRC = 8;
  static final int KIND = 12;
  static final int SEQUENCE = 16;

  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ORDER);
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ORDER);

  private Format() {}

  static long aligned(long offset) {
    return (offset + 7) & ~7L;
  }
}
