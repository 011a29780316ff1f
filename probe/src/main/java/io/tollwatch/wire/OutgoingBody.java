package io.tollwatch.wire;

import io.tollwatch.attempt.RequestBody;
import io.tollwatch.timing.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/// A request's body as HttpCore wants it. A streamed one switches the trip between `client`, while
/// our caller is waited for, and `send`. Confined to the trip.
final class OutgoingBody extends AbstractHttpEntity {

  private static final int COPY_BYTES = 16 * 1024;

  private final RequestBody body;
  private final Trip trip;

  OutgoingBody(RequestBody body, boolean chunked, Trip trip) {
    super((String) null, null, chunked);
    this.body = body;
    this.trip = trip;
  }

  @Override
  public long getContentLength() {
    return switch (body) {
      case RequestBody.None ignored -> 0;
      case RequestBody.Whole whole -> whole.bytes().length;
      case RequestBody.Streamed streamed -> streamed.length().orElse(-1);
    };
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    switch (body) {
      case RequestBody.None ignored -> {}
      case RequestBody.Whole whole -> out.write(whole.bytes());
      case RequestBody.Streamed streamed -> copy(streamed, out);
    }
  }

  private void copy(RequestBody.Streamed from, OutputStream out) throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    long total = 0;
    for (int count = take(from.bytes(), buffer); count >= 0; count = take(from.bytes(), buffer)) {
      out.write(buffer, 0, count);
      total += count;
    }
    if (total < from.length().orElse(0)) {
      trip.timer().enter(Phase.CLIENT);
      throw cut(new EOFException("only " + total + " bytes of the body came"));
    }
  }

  private int take(InputStream from, byte[] buffer) throws IOException {
    trip.timer().enter(Phase.CLIENT);
    try {
      int count = from.read(buffer);
      trip.timer().enter(Phase.SEND);
      return count;
    } catch (IOException | RuntimeException e) {
      // `client` stays open: it is the phase that broke
      throw cut(e);
    }
  }

  /// Closes the connection first: HttpCore would otherwise finish the chunks on its way out, and
  /// the provider take what came for all of the body.
  private CallerCut cut(Exception cause) {
    trip.callerGone();
    return new CallerCut(cause);
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return body instanceof RequestBody.Streamed;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("bodies are pushed");
  }

  @Override
  public void close() {
    // the caller's stream is the caller's to close
  }
}
