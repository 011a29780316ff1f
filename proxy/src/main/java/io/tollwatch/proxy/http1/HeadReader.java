package io.tollwatch.proxy.http1;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/// Reads the requests of one connection, one after another. Confined to the connection's thread.
final class HeadReader {

  /// A usual request fits in, and a body that is longer passes by it. HttpCore takes it twice; what
  /// a thousand requests hold that wait for their turn is copied by each collection.
  private static final int BUFFER_BYTES = 1024;

  /// For the lines of a head, one after another; grows with a longer one.
  private static final int LINE_CHARS = 256;

  private static final int TRAILER_BYTES = 8 * 1024;
  private static final int FIELDS = 200;
  private static final int EMPTY_LINES = 2;
  private static final Pattern REQUEST_LINE =
      Pattern.compile("([^ ]+) ([^ ]+) HTTP/([0-9]\\.[0-9])");

  /// How long what follows the last chunk may be: it is read and dropped.
  private static final Http1Config TRAILERS =
      Http1Config.custom().setMaxHeaderCount(FIELDS).setMaxLineLength(TRAILER_BYTES).build();

  private final ClientInput input;
  private final int headBytes;

  /// There from a request's first byte to the next request: of ten thousand connections most wait.
  private @Nullable SessionInputBufferImpl buffer;

  HeadReader(ClientInput input, int headBytes) {
    this.input = input;
    this.headBytes = headBytes;
  }

  /// The next request's head, or empty if the client is done.
  Optional<RequestHead> next() throws IOException, Refused {
    if (!begins()) {
      return Optional.empty();
    }
    input.limit(headBytes);
    try {
      return head();
    } catch (MessageConstraintException | ClientInput.HeadTooLarge e) {
      throw new Refused(431, "a request head of more than " + headBytes + " bytes");
    } finally {
      input.unlimit();
    }
  }

  /// Waits for a request to begin, if none has been read ahead. Gives whether one does.
  private boolean begins() throws IOException {
    if (buffer != null && buffer.hasBufferedData()) {
      return true;
    }
    buffer = null;
    return input.awaitMore();
  }

  private SessionInputBufferImpl buffer() {
    SessionInputBufferImpl known = buffer;
    if (known == null) {
      known =
          new SessionInputBufferImpl(
              new BasicHttpTransportMetrics(), BUFFER_BYTES, -1, headBytes, null);
      buffer = known;
    }
    return known;
  }

  /// The body that follows a head.
  InputStream body(Framing framing) {
    return switch (framing) {
      case Framing.None() -> InputStream.nullInputStream();
      case Framing.Length(long bytes) -> new ContentLengthInputStream(buffer(), input, bytes);
      case Framing.Chunked() -> new ChunkedInputStream(buffer(), input, TRAILERS);
    };
  }

  private Optional<RequestHead> head() throws IOException, Refused {
    CharArrayBuffer room = new CharArrayBuffer(LINE_CHARS);
    Optional<String> first = line(room);
    for (int i = 0; i < EMPTY_LINES && first.filter(String::isEmpty).isPresent(); i++) {
      first = line(room);
    }
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Matcher request = REQUEST_LINE.matcher(first.get());
    if (!request.matches() || !token(request.group(1)) || !visible(request.group(2))) {
      throw new Refused(400, "not a well-formed request line");
    }
    boolean http10 = request.group(3).equals("1.0");
    if (!http10 && !request.group(3).equals("1.1")) {
      throw new Refused(505, "an HTTP version other than 1.0 and 1.1");
    }
    Optional<Fields> fields = fields(room);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Framing framing = Framing.of(fields.get(), http10);
    return Optional.of(
        new RequestHead(request.group(1), request.group(2), http10, fields.get(), framing));
  }

  /// The field lines up to the empty one, or empty if the client ended before it.
  private Optional<Fields> fields(CharArrayBuffer room) throws IOException, Refused {
    List<Field> fields = new ArrayList<>();
    Optional<String> line = line(room);
    while (line.isPresent() && !line.get().isEmpty()) {
      if (fields.size() == FIELDS) {
        throw new Refused(431, "more than " + FIELDS + " header fields");
      }
      fields.add(field(line.get()));
      line = line(room);
    }
    return line.map(_ -> new Fields(fields));
  }

  /// The next line, each byte a char, or empty if the client ended before its end.
  private Optional<String> line(CharArrayBuffer room) throws IOException {
    room.clear();
    int length = buffer().readLine(room, input);
    return length < 0 || input.ended() ? Optional.empty() : Optional.of(room.toString());
  }

  /// A folded line begins with a blank, which no name does (RFC 9112, section 5.2).
  private static Field field(String line) throws Refused {
    int colon = line.indexOf(':');
    if (colon < 0 || !token(line.substring(0, colon))) {
      throw new Refused(400, "a malformed header field");
    }
    String value = stripped(line, colon + 1);
    if (!text(value)) {
      throw new Refused(400, "a malformed header field");
    }
    return new Field(line.substring(0, colon), value);
  }

  /// The rest of a line without the blanks around it.
  private static String stripped(String line, int from) {
    int start = from;
    int end = line.length();
    while (start < end && blank(line.charAt(start))) {
      start++;
    }
    while (start < end && blank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean text(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c == 0x7f)) {
        return false;
      }
    }
    return true;
  }

  private static boolean visible(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /// RFC 9110, section 5.6.2.
  private static boolean token(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!tokenCharacter(name.charAt(i))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean tokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
