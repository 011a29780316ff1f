package io.tollwatch.proxy.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A stream that is opened with its first byte: until then an answer's head can still say that
/// something went wrong. Confined to one answer.
final class LateStream extends OutputStream {

  private final Supplier<OutputStream> opening;
  private @Nullable OutputStream opened;

  LateStream(Supplier<OutputStream> opening) {
    this.opening = opening;
  }

  @Override
  public void write(int octet) throws IOException {
    opened().write(octet);
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    opened().write(octets, from, length);
  }

  @Override
  public void flush() throws IOException {
    if (opened != null) {
      opened.flush();
    }
  }

  /// Ends what was sent, even if that is nothing.
  @Override
  public void close() throws IOException {
    opened().close();
  }

  private OutputStream opened() {
    OutputStream stream = opened;
    if (stream == null) {
      stream = opening.get();
      opened = stream;
    }
    return stream;
  }
}
