package io.tollwatch.wire;

import io.tollwatch.timing.Phase;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.jspecify.annotations.Nullable;

/// The streams of a connection, above TLS. They mark the first byte of an answer, say that a write
/// is being tried before it is, and can be asked whether data waits without waiting for it.
final class TracedStreams extends SocketHolder {

  private final AtomicReference<@Nullable Trip> trip;
  private volatile boolean probing;
  private volatile boolean sawEnd;
  private volatile @Nullable SSLException alert;

  TracedStreams(Socket socket, AtomicReference<@Nullable Trip> trip) {
    super(socket);
    this.trip = trip;
  }

  TracedStreams(SSLSocket tls, Socket socket, AtomicReference<@Nullable Trip> trip) {
    super(tls, socket);
    this.trip = trip;
  }

  void probing(boolean on) {
    probing = on;
  }

  boolean sawEnd() {
    return sawEnd;
  }

  @Override
  protected InputStream getInputStream(Socket socket) throws IOException {
    InputStream plain = super.getInputStream(socket);
    return new FilterInputStream(plain) {
      @Override
      public int read() {
        throw new UnsupportedOperationException("reads are buffered");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (probing && plain.available() == 0 && rawAvailable() == 0) {
          // HttpCore takes that for nothing to be read; an exception would cost it more than the
          // asking, which it does twice with each call
          return 0;
        }
        int count = readFrom(plain, bytes, offset, length);
        if (count < 0) {
          sawEnd = true;
        } else if (!probing) {
          received();
        }
        return count;
      }
    };
  }

  @Override
  protected OutputStream getOutputStream(Socket socket) throws IOException {
    OutputStream plain = super.getOutputStream(socket);
    return new FilterOutputStream(plain) {
      @Override
      public void write(int b) {
        throw new UnsupportedOperationException("writes are buffered");
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        Trip current = trip.get();
        if (current != null) {
          current.writes();
        }
        plain.write(bytes, offset, length);
        if (current != null) {
          current.moves(Phase.SEND);
        }
      }
    };
  }

  private int readFrom(InputStream plain, byte[] bytes, int offset, int length) throws IOException {
    try {
      return plain.read(bytes, offset, length);
    } catch (SSLException e) {
      alert = e;
      throw e;
    }
  }

  /// What TLS said when it failed: HttpCore may hide it behind what follows from it.
  @Nullable SSLException alert() {
    return alert;
  }

  /// Under TLS a record may have come that is not decrypted yet.
  private int rawAvailable() throws IOException {
    return getSSLSocket() == null ? 0 : getBaseSocket().getInputStream().available();
  }

  private void received() {
    Trip current = trip.get();
    if (current != null && (current.in(Phase.WAIT) || current.in(Phase.RECEIVE))) {
      current.timer().enter(Phase.RECEIVE);
    }
  }
}
