package io.tollwatch.ledger.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/// A part of a file, read as it is asked for. Never reads at or behind its bound, where bytes may
/// still change; what a file that was cut has no more of reads as zeros. So does what the disk
/// can't read, sector by sector, and where that is is remembered. Holds 64 KiB, or one frame if
/// that is longer. Confined to one thread.
final class Window {

  private static final int BYTES = 64 << 10;

  /// What a disk reads at once: more around a bad place is not given up with it.
  private static final int SECTOR = 4 << 10;

  private static final long NONE = Long.MAX_VALUE;

  private final SegmentBytes bytes;
  private ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(Format.ORDER).limit(0);
  private long base;
  private long bound;
  private long firstUnreadable = NONE;
  private long lastUnreadable = -1;

  Window(SegmentBytes bytes) {
    this.bytes = bytes;
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
    byte[] copy = new byte[length];
    int index = at(offset, length); // may change the buffer
    buffer.get(index, copy);
    return copy;
  }

  /// Whether the disk could not read some of these bytes, which were asked for. Tells of the first
  /// such place to the last, of which there is hardly ever more than one.
  boolean isUnreadable(long from, long to) {
    return firstUnreadable < to && lastUnreadable >= from;
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
    int wanted = buffer.limit();
    while (buffer.position() < wanted) {
      buffer.limit(wanted);
      if (!readSome(wanted)) {
        break;
      }
    }
    buffer.limit(wanted);
    while (buffer.hasRemaining()) {
      buffer.put((byte) 0);
    }
    buffer.flip();
  }

  /// Reads some more of what is wanted.
  ///
  /// @return whether the file goes on
  private boolean readSome(int wanted) throws IOException {
    try {
      return bytes.read(buffer, base + buffer.position()) >= 0;
    } catch (ClosedChannelException e) {
      throw e; // by an interrupt, say: nothing is wrong with the disk
    } catch (IOException e) {
      readSector(wanted);
      return true;
    }
  }

  private void readSector(int wanted) throws IOException {
    long from = base + buffer.position();
    int length = (int) Math.min(SECTOR - from % SECTOR, wanted - buffer.position());
    buffer.limit(buffer.position() + length);
    try {
      while (buffer.hasRemaining()) {
        if (bytes.read(buffer, base + buffer.position()) < 0) {
          return;
        }
      }
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      long unread = base + buffer.position();
      while (buffer.hasRemaining()) {
        buffer.put((byte) 0);
      }
      firstUnreadable = Math.min(firstUnreadable, unread);
      lastUnreadable = Math.max(lastUnreadable, from + length - 1);
    }
  }
}
