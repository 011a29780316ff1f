package io.tollwatch.ledger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// Makes a segment's header that of a newer format: the version after the magic number, the
/// checksum in the last four bytes.
final class NewerHeader {

  private static final int VERSION = 8;
  private static final int CRC = 60;

  private NewerHeader() {}

  static void make(byte[] header) {
    ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(VERSION, 99);
    CRC32C crc = new CRC32C();
    crc.update(header, 0, CRC);
    buffer.putInt(CRC, (int) crc.getValue());
  }
}
