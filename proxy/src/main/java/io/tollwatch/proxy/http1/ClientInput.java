package io.tollwatch.proxy.http1;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.InputStream;

/// The client's bytes as a stream. Knows when the client ended its side. Read by the connection's
/// thread; [#awaitMore()] by any, while nobody reads.
final class ClientInput extends InputStream {

  private final DataReader reader;
  private final Runnable waiting;
  private final Runnable arrived;
  private long headBudget = Long.MAX_VALUE;
  private boolean ended;

  /// @param waiting run before each wait for bytes
  /// @param arrived run after it
  ClientInput(DataReader reader, Runnable waiting, Runnable arrived) {
    this.reader = reader;
    this.waiting = waiting;
    this.arrived = arrived;
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

  /// Waits until there are bytes to read. Gives whether there are: if not, the client ended its
  /// side.
  ///
  /// @throws IOException if the connection broke
  boolean awaitMore() throws IOException {
    try {
      reader.ensureAvailable();
      return true;
    } catch (DataReader.InsufficientDataAvailableException e) {
      return false;
    } catch (RuntimeException e) {
      // Helidon says in several ways that a connection broke
      throw new IOException("the client is gone", e);
    }
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
    waiting.run();
    try {
      ended = !awaitMore();
    } finally {
      arrived.run();
    }
    if (ended) {
      return -1;
    }
    BufferData data = reader.readBuffer(Math.min(length, reader.available()));
    int count = data.read(bytes, offset, length);
    headBudget -= count;
    return count;
  }

  /// The head is longer than allowed.
  static final class HeadTooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }
}
