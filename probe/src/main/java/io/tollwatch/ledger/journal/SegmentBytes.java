package io.tollwatch.ledger.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of a segment's file, to be read: a seam for disks that can't give some of them.
interface SegmentBytes extends Closeable {

  /// Reads some bytes from an offset on; fewer than asked for, or -1 at the end.
  ///
  /// @throws IOException if the disk can't read them
  int read(ByteBuffer into, long offset) throws IOException;

  long size() throws IOException;

  /// Opens them.
  @FunctionalInterface
  interface Opener {
    SegmentBytes open(Path file) throws IOException;
  }

  /// Those of a file.
  static SegmentBytes of(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new SegmentBytes() {
      @Override
      public int read(ByteBuffer into, long offset) throws IOException {
        return channel.read(into, offset);
      }

      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
