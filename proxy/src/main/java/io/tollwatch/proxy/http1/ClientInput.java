package io.tollwatch.proxy.http1;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The client's bytes as a stream. Knows when the client ended its side. Read by the connection's
/// thread; [#awaitMore()] by any, while nobody reads.
///
/// Reads past Helidon's reader, which chains what it read: of a connection that lives for long one
/// old link keeps all that came after it until a full collection.
final class ClientInput extends InputStream {

  private static final byte[] NOTHING = {};

  private final DataReader before;
  private final HelidonSocket socket;
  private final Runnable waiting;
  private final Runnable arrived;
  private long headBudget = Long.MAX_VALUE;
  private boolean ended;
  private byte[] ahead = NOTHING;
  private int position;

  /// @param before what was read of the connection before it was ours
  /// @param waiting run before each wait for bytes
  /// @param arrived run after it
  ClientInput(DataReader before, HelidonSocket socket, Runnable waiting, Runnable arrived) {
    this.before = before;
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

  /// Waits until there are bytes to read. Gives whether there are: if not, the client ended its
  /// side.
  ///
  /// @throws IOException if the connection broke
  boolean awaitMore() throws IOException {
    if (position == ahead.length) {
      byte[] next = next();
      ahead = next == null ? NOTHING : next;
      position = 0;
    }
    return position < ahead.length;
  }

  private byte @Nullable [] next() throws IOException {
    try {
      int known = before.available();
      return known > 0 ? before.readBytes(known) : socket.get();
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
    int count = Math.min(length, ahead.length - position);
    System.arraycopy(ahead, position, bytes, offset, count);
    position += count;
    if (position == ahead.length) {
      ahead = NOTHING; // an idle connection keeps nothing
      position = 0;
    }
    headBudget -= count;
    return count;
  }

  /// The head is longer than allowed.
  static final class HeadTooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }
}
