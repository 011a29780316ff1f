package io.tollwatch.proxy.scenario;

import io.tollwatch.fixtures.http.BodyInput;
import io.tollwatch.fixtures.http.Head;
import io.tollwatch.fixtures.http.HeadReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A client that sends exactly what it is told and hides nothing that comes back. Characters are
/// bytes (ISO-8859-1). Confined to one test.
final class EgressClient implements AutoCloseable {

  static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  private EgressClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /// An answer whose body was read whole.
  record Got(Head head, String body) {
    int status() {
      return Integer.parseInt(head.startLine().substring(9, 12));
    }

    String field(String name) {
      return head.first(name).orElse("");
    }
  }

  static EgressClient to(URI uri) {
    try {
      return new EgressClient(new Socket(uri.getHost(), uri.getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  EgressClient send(String text) throws IOException {
    return send(bytes(text));
  }

  EgressClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /// Sends as much as the other side takes before it closes.
  EgressClient sendWhatIsTaken(String text) {
    try {
      return send(text);
    } catch (IOException e) {
      // it was answered before all was sent
      return this;
    }
  }

  EgressClient get(String target, String... fields) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines(fields) + "\r\n");
  }

  EgressClient post(String target, String body, String... fields) throws IOException {
    String length = "Content-Length: " + body.length() + "\r\n";
    return send(
        "POST "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + length
            + lines(fields)
            + "\r\n"
            + body);
  }

  private static String lines(String... fields) {
    return fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
  }

  /// Reads a head, with no body.
  Head head() throws IOException {
    return new HeadReader().read(in);
  }

  /// Reads one answer.
  Got got() throws IOException {
    Head head = head();
    return new Got(head, body(head));
  }

  /// Reads the body that follows a head.
  String body(Head head) throws IOException {
    byte[] body = BodyInput.ofAnswer(head, in).readAllBytes();
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  /// Reads everything up to the end of the connection.
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// Reads so many bytes.
  String next(int bytes) throws IOException {
    return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  InputStream in() {
    return in;
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  /// Says that nothing more will be sent.
  EgressClient end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Goes away with a reset.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
