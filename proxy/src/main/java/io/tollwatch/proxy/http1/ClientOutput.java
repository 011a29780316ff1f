package io.tollwatch.proxy.http1;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.OutputStream;

/// The way to the client as a stream. Confined to the connection's thread.
final class ClientOutput extends OutputStream {

  private final DataWriter writer;

  ClientOutput(DataWriter writer) {
    this.writer = writer;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      writer.writeNow(BufferData.create(bytes, offset, length));
    } catch (RuntimeException e) {
      // Helidon says in several ways that a connection broke
      throw new IOException("the client is gone", e);
    }
  }
}
