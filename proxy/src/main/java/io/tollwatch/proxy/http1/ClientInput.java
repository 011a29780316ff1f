package io.tollwatch.proxy.http1;

import java.io.IOException;
import java.io.InputStream;

/// The client's bytes as a stream. Knows when the client ended its side. Read by the connection's
/// thread; [#awaitMore()] by any, while nobody reads.
final class ClientInput extends InputStream {

  private static final int NONE = -1;

  private final InputStream socket;
  private final Runnable waiting;
  private final Runnable arrived;
  private long headBudget = Long.MAX_VALUE;
  private boolean ended;

  /// One byte that was read ahead. Whoever waits for a client waits for one: a buffer for each of
  /// ten thousand clients that do nothing would be most of what they cost.
  private int ahead = NONE;

  /// @param waiting run before each wait for bytes
  /// @param arrived run after it
  ClientInput(InputStream socket, Runnable waiting, Runnable arrived) {
    this.socket = socket;
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

  /// Waits until there is something to read. Gives whether there is: if not, the client ended its
  /// side.
  ///
  /// @throws IOException if the connection broke
  boolean awaitMore() throws IOException {
    if (ahead == NONE) {
      ahead = socket.read();
    }
    return ahead != NONE;
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
    int count = ahead == NONE ? readOn(bytes, offset, length) : takeAhead(bytes, offset);
    ended = count < 0;
    headBudget -= Math.max(0, count);
    return count;
  }

  private int takeAhead(byte[] bytes, int offset) {
    arrived.run();
    bytes[offset] = (byte) ahead;
    ahead = NONE;
    return 1;
  }

  private int readOn(byte[] bytes, int offset, int length) throws IOException {
    waiting.run();
    try {
      return socket.read(bytes, offset, length);
    } finally {
      arrived.run();
    }
  }

  /// The head is longer than allowed.
  static final class HeadTooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }
}
