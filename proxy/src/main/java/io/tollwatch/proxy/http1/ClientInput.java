package io.tollwatch.proxy.http1;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;

/// The client's bytes as a stream. Knows when the client ended its side, and when it last moved.
/// Read by the connection's thread; [#quietSinceNanos()] by any.
final class ClientInput extends InputStream {

  private final DataReader reader;
  private final LongSupplier nanos;
  private final Runnable arrived;
  private volatile long movedNanos;
  private long headBudget = Long.MAX_VALUE;
  private boolean ended;

  /// @param arrived run before each arrival of bytes is looked at
  ClientInput(DataReader reader, LongSupplier nanos, Runnable arrived) {
    this.reader = reader;
    this.nanos = nanos;
    this.arrived = arrived;
    this.movedNanos = nanos.getAsLong();
  }

  /// From here on at most so many bytes, because they are a head.
  void limit(long bytes) {
    headBudget = bytes;
  }

  /// No limit any more: what follows is a body.
  void unlimit() {
    headBudget = Long.MAX_VALUE;
  }

  boolean ended() {
    return ended;
  }

  long quietSinceNanos() {
    return movedNanos;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("reads are buffered");
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (headBudget <= 0) {
      throw new HeadTooLarge();
    }
    try {
      reader.ensureAvailable();
    } catch (DataReader.InsufficientDataAvailableException e) {
      ended = true;
      return -1;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    arrived.run();
    BufferData data = reader.readBuffer(Math.min(length, reader.available()));
    int count = data.read(bytes, offset, length);
    headBudget -= count;
    movedNanos = nanos.getAsLong();
    return count;
  }

  /// The head is longer than allowed.
  static final class HeadTooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }
}
