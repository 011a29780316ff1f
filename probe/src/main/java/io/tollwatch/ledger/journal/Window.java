package io.tollwatch.ledger.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A part of a file, read as it is asked for. Never reads at or behind its bound, where bytes may
/// still change; what a file that was cut has no more of reads as zeros. Holds 64 KiB, or one frame
/// if that is longer. Confined to one thread.
final class Window {

  private static final int BYTES = 64 << 10;

  private final FileChannel channel;
  private ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(Format.ORDER).limit(0);
  private long base;
  private long bound;

  Window(FileChannel channel) {
    this.channel = channel;
  }

  /// Sets the bound; it may only grow.
  void boundBy(long offset) {
    bound = offset;
  }

  int intAt(long offset) throws IOException {
    return buffer.getInt(at(offset, Integer.BYTES));
  }

  long longAt(long offset) throws IOException {
    return buffer.getLong(at(offset, Long.BYTES));
  }

  byte[] bytesAt(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    int index = at(offset, length); // may change the buffer
    buffer.get(index, bytes);
    return bytes;
  }

  /// Where in the buffer these bytes begin, which lie before the bound.
  private int at(long offset, int length) throws IOException {
    if (offset < base || offset + length > base + buffer.limit()) {
      fill(offset, length);
    }
    return (int) (offset - base);
  }

  private void fill(long offset, int length) throws IOException {
    if (length > buffer.capacity()) {
      buffer = ByteBuffer.allocate(length).order(Format.ORDER);
    }
    buffer.clear().limit((int) Math.min(buffer.capacity(), bound - offset));
    base = offset;
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, base + buffer.position()) < 0) {
        break;
      }
    }
    while (buffer.hasRemaining()) {
      buffer.put((byte) 0);
    }
    buffer.flip();
  }
}
