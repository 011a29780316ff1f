package io.tollwatch.ledger.journal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/// The first 64 bytes of a segment, and its last. Immutable. Whatever comes, later versions keep
/// this shape, so that an older program can tell that a file is newer.
///
/// @param version the version of everything behind the header
/// @param number the segment's number
/// @param journal the journal that it is part of
/// @param createdAtMillis when it was begun, in milliseconds since 1970
/// @param firstSequence the number that its first record has or would have had
/// @param bytes the size of the whole file
record SegmentHeader(
    int version, long number, UUID journal, long createdAtMillis, long firstSequence, int bytes) {

  private static final long MAGIC = 0x4C4E524A_48435754L; // TWCHJRNL
  private static final int CRC = Format.HEADER_BYTES - Integer.BYTES;

  byte[] encoded() {
    ByteBuffer buffer = ByteBuffer.allocate(Format.HEADER_BYTES).order(Format.ORDER);
    buffer.putLong(MAGIC).putInt(version).putInt(bytes).putLong(number);
    buffer.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
    buffer.putLong(createdAtMillis).putLong(firstSequence);
    return buffer.putInt(CRC, crc(buffer.array())).array();
  }

  /// The header, unless these bytes are none.
  static Optional<SegmentHeader> decode(byte[] bytes) {
    if (bytes.length < Format.HEADER_BYTES) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(Format.ORDER);
    if (buffer.getLong() != MAGIC || buffer.getInt(CRC) != crc(bytes)) {
      return Optional.empty();
    }
    int version = buffer.getInt();
    int size = buffer.getInt();
    long number = buffer.getLong();
    UUID journal = new UUID(buffer.getLong(), buffer.getLong());
    return Optional.of(
        new SegmentHeader(version, number, journal, buffer.getLong(), buffer.getLong(), size));
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CRC);
    return (int) crc.getValue();
  }
}
