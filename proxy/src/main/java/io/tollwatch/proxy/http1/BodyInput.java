package io.tollwatch.proxy.http1;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/// A request's body: asks for it with `100 Continue` before the first read where the client waits
/// for that (RFC 9110, section 10.1.1), and knows whether all of it was read.
final class BodyInput extends FilterInputStream {

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream client;
  private final BooleanSupplier clientEnded;
  private boolean mustAsk;
  private boolean ended;

  /// @param clientEnded whether the client ended its side while something was read
  BodyInput(InputStream body, OutputStream client, RequestHead head, BooleanSupplier clientEnded) {
    super(body);
    this.client = client;
    this.clientEnded = clientEnded;
    this.mustAsk = head.expectsContinue();
    this.ended =
        switch (head.framing()) {
          case Framing.None() -> true;
          case Framing.Length(long bytes) -> bytes == 0;
          case Framing.Chunked() -> false;
        };
  }

  boolean ended() {
    return ended;
  }

  /// Whether the client sends the body by itself, or was asked to.
  boolean coming() {
    return !mustAsk;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    if (mustAsk) {
      mustAsk = false;
      client.write(CONTINUE, 0, CONTINUE.length);
    }
    int count = super.read(bytes, offset, length);
    if (count < 0 && clientEnded.getAsBoolean()) {
      // HttpCore takes the end of the connection for the end of the trailers
      throw new EOFException("ended inside the body");
    }
    ended = count < 0;
    return count;
  }
}
