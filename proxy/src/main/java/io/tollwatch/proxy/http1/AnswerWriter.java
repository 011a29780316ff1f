package io.tollwatch.proxy.http1;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthOutputStream;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;

/// Writes one answer to the client: exactly one, and never a finished one that was cut. Confined to
/// the connection's thread.
public final class AnswerWriter {

  private static final int CHUNK_BYTES = 8 * 1024;

  private final OutputStream out;
  private final RequestHead request;
  private boolean keepAlive;
  private boolean begun;
  private boolean complete;

  AnswerWriter(OutputStream out, RequestHead request, boolean keepAlive) {
    this.out = out;
    this.request = request;
    this.keepAlive = keepAlive;
  }

  /// Whether an answer was begun: then there can be no other.
  public boolean begun() {
    return begun;
  }

  /// The connection ends after this answer.
  public void closeAfter() {
    keepAlive = false;
  }

  boolean keepsConnection() {
    return begun && complete && keepAlive;
  }

  /// Sends a whole answer.
  ///
  /// @param head without framing fields; on HEAD and 304 a `Content-Length` of it is passed on
  /// @throws IOException if the client is gone
  public void send(AnswerHead head, byte[] body) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream(512 + body.length);
    boolean bodiless = bodiless(head.status());
    Fields fields =
        bodiless
            ? head.fields()
            : without(head.fields(), "Content-Length")
                .plus("Content-Length", Integer.toString(body.length));
    writeHead(message, head, fields);
    if (!bodiless) {
      message.writeBytes(body);
    }
    begun = true;
    message.writeTo(out);
    complete = true;
  }

  /// Begins an answer that is streamed. Closing the stream completes it; not closing it means that
  /// it was cut, which the client will notice because the connection ends.
  ///
  /// @param length how many bytes will come, if known
  /// @throws IOException if the client is gone
  public OutputStream stream(AnswerHead head, OptionalLong length) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream(512);
    Fields fields = without(head.fields(), "Content-Length");
    boolean bodiless = bodiless(head.status());
    if (bodiless) {
      fields = head.fields();
    } else if (length.isPresent()) {
      fields = fields.plus("Content-Length", Long.toString(length.getAsLong()));
    } else if (request.http10()) {
      keepAlive = false;
    } else {
      fields = fields.plus("Transfer-Encoding", "chunked");
    }
    writeHead(message, head, fields);
    begun = true;
    message.writeTo(out);
    return new Completing(bodiless ? OutputStream.nullOutputStream() : framed(length));
  }

  private OutputStream framed(OptionalLong length) {
    SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(CHUNK_BYTES);
    if (length.isPresent()) {
      return new ContentLengthOutputStream(buffer, out, length.getAsLong());
    }
    return request.http10() ? out : new ChunkedOutputStream(buffer, out, CHUNK_BYTES);
  }

  private void writeHead(ByteArrayOutputStream message, AnswerHead head, Fields fields) {
    line(message, "HTTP/1.1 ", Integer.toString(head.status()), " ", head.reason());
    for (Field field : fields) {
      line(message, field.name(), ": ", field.value());
    }
    if (!keepAlive) {
      line(message, "Connection: close");
    }
    line(message);
  }

  private boolean bodiless(int status) {
    return request.method().equals("HEAD") || status == 204 || status == 304;
  }

  private static void line(ByteArrayOutputStream message, String... parts) {
    for (String part : parts) {
      message.writeBytes(oneLine(part).getBytes(StandardCharsets.ISO_8859_1));
    }
    message.write('\r');
    message.write('\n');
  }

  /// What some clients take for the end of a line becomes a blank (RFC 9110, section 5.5).
  private static String oneLine(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '\r' || c == '\n' || c == '\0') {
        return part.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
      }
    }
    return part;
  }

  private static Fields without(Fields fields, String name) {
    return fields.keep(field -> !field.is(name));
  }

  /// Knows whether the body came to its end.
  private final class Completing extends FilterOutputStream {

    Completing(OutputStream framed) {
      super(framed);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      // not super.close(): it would hide a failing flush. The client's own stream has no close
      out.close();
      complete = true;
    }
  }
}
