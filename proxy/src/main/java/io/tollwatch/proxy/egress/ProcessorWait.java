package io.tollwatch.proxy.egress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.function.LongSupplier;

/// How long a thread whose bytes have come waits until it has a processor, found out by bytes of
/// its own: a virtual thread waits at a pipe just as those of calls wait at their sockets, gets
/// into line by the same poller (which stands in that line itself), and says when it had its turn.
/// The length of the line does not tell it: many whose bytes have come are not in it yet.
///
/// One thread knocks; any may close it.
final class ProcessorWait implements LongSupplier, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ProcessorWait.class.getName());

  private final Pipe pipe;
  private final LongSupplier nanos;
  private final ByteBuffer knock = ByteBuffer.allocate(1);
  private volatile boolean waiting;
  private volatile long knockedAt;
  private volatile long lastNanos;

  private ProcessorWait(Pipe pipe, LongSupplier nanos) {
    this.pipe = pipe;
    this.nanos = nanos;
  }

  /// Opens the pipe and begins to wait at it.
  ///
  /// @param nanos a monotonic clock
  /// @throws UncheckedIOException if the process has no file left to open
  static ProcessorWait start(LongSupplier nanos) {
    try {
      ProcessorWait wait = new ProcessorWait(Pipe.open(), nanos);
      var _ = Thread.ofVirtual().name("tollwatch-processor-wait").start(wait::answer);
      return wait;
    } catch (IOException e) {
      throw new UncheckedIOException("no pipe can be opened", e);
    }
  }

  /// What the last knock had to wait, in nanoseconds, or has waited until now if nobody has
  /// answered it; then the next is on its way.
  @Override
  public long getAsLong() {
    if (waiting) {
      return nanos.getAsLong() - knockedAt;
    }
    long last = lastNanos;
    knockedAt = nanos.getAsLong();
    waiting = true;
    try {
      var _ = pipe.sink().write(knock.clear());
    } catch (IOException e) {
      waiting = false; // closed: nothing waits any more
    }
    return last;
  }

  private void answer() {
    ByteBuffer heard = ByteBuffer.allocate(1);
    try (Pipe.SourceChannel source = pipe.source()) {
      while (source.read(heard.clear()) > 0) {
        lastNanos = nanos.getAsLong() - knockedAt;
        waiting = false;
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the wait for a processor is not measured any more: {0}", e.toString());
    }
  }

  @Override
  public void close() {
    try {
      pipe.sink().close(); // the other side then reads the end
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a pipe did not close: {0}", e.toString());
    }
  }
}
