package io.tollwatch.ledger.journal;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/// The checksum of frame headers in one segment. It covers where the frame is, and the journal's
/// random id: bytes that someone sends as a payload can't pass for a frame. So it also says for
/// sure how long a frame is whose payload is damaged, and finding the next frame takes linear time
/// whatever the content. Used by one thread at a time.
final class FrameCheck {

  private static final int OFFSET = 0;
  private static final int LENGTH = 8;
  private static final int PAYLOAD_CRC = 12;
  private static final int KIND = 16;
  private static final int SEQUENCE = 20;
  private static final int CONSTANT = 28;

  private final ByteBuffer input = ByteBuffer.allocate(CONSTANT + 24).order(Format.ORDER);
  private final CRC32C crc = new CRC32C();

  FrameCheck(UUID journal, long segment) {
    input.putLong(CONSTANT, journal.getMostSignificantBits());
    input.putLong(CONSTANT + 8, journal.getLeastSignificantBits());
    input.putLong(CONSTANT + 16, segment);
  }

  int of(long offset, int length, int payloadCrc, int kind, long sequence) {
    input.putLong(OFFSET, offset);
    input.putInt(LENGTH, length);
    input.putInt(PAYLOAD_CRC, payloadCrc);
    input.putInt(KIND, kind);
    input.putLong(SEQUENCE, sequence);
    crc.reset();
    crc.update(input.array());
    return (int) crc.getValue();
  }

  static int ofPayload(byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue();
  }
}
