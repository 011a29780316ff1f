package io.tollwatch.proxy.http1;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.RequestLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/// Reads the requests of one connection, one after another. Confined to the connection's thread.
final class HeadReader {

  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int FIELDS = 200;

  private final ClientInput input;
  private final int headBytes;
  private final Http1Config config;
  private final SessionInputBufferImpl buffer;

  HeadReader(ClientInput input, int headBytes) {
    this.input = input;
    this.headBytes = headBytes;
    this.config =
        Http1Config.custom()
            .setMaxHeaderCount(FIELDS)
            .setMaxLineLength(headBytes)
            .setMaxEmptyLineCount(2)
            .build();
    this.buffer =
        new SessionInputBufferImpl(
            new BasicHttpTransportMetrics(), BUFFER_BYTES, -1, headBytes, null);
  }

  /// The next request's head, or empty if the client is done.
  Optional<RequestHead> next() throws IOException, Refused {
    input.limit(headBytes);
    try {
      ClassicHttpRequest request = new RawTargetParser(config).parse(buffer, input);
      if (request == null || input.ended()) {
        // ended inside the head: HttpCore would take what came for all of it
        return Optional.empty();
      }
      return Optional.of(head(request));
    } catch (MessageConstraintException | ClientInput.HeadTooLarge e) {
      throw new Refused(431, "a request head of more than " + headBytes + " bytes or fields");
    } catch (HttpException e) {
      throw new Refused(400, "not a well-formed HTTP/1 request head");
    } finally {
      input.unlimit();
    }
  }

  /// The body that follows a head.
  InputStream body(Framing framing) {
    return switch (framing) {
      case Framing.None() -> InputStream.nullInputStream();
      case Framing.Length(long bytes) -> new ContentLengthInputStream(buffer, input, bytes);
      case Framing.Chunked() -> new ChunkedInputStream(buffer, input, config);
    };
  }

  private static RequestHead head(ClassicHttpRequest request) throws Refused {
    boolean http10 = HttpVersion.HTTP_1_0.equals(request.getVersion());
    if (!http10 && !HttpVersion.HTTP_1_1.equals(request.getVersion())) {
      throw new Refused(505, "an HTTP version other than 1.0 and 1.1");
    }
    String target = request.getPath();
    if (!token(request.getMethod()) || !visible(target)) {
      throw new Refused(400, "not a well-formed request line");
    }
    List<Field> lines = new ArrayList<>();
    for (Header header : request.getHeaders()) {
      lines.add(field(header));
    }
    Fields fields = new Fields(lines);
    return new RequestHead(request.getMethod(), target, http10, fields, Framing.of(fields, http10));
  }

  private static Field field(Header header) throws Refused {
    String value = header.getValue() == null ? "" : header.getValue();
    boolean clean = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
    if (!token(header.getName()) || !clean) {
      throw new Refused(400, "a malformed header field");
    }
    return new Field(header.getName(), value);
  }

  private static boolean visible(String target) {
    return !target.isEmpty() && target.chars().allMatch(c -> c > ' ' && c != 0x7f);
  }

  /// RFC 9110, section 5.6.2.
  private static boolean token(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  /// HttpCore's parser, but for the target, which it would normalise as a URI.
  private static final class RawTargetParser extends DefaultHttpRequestParser {

    RawTargetParser(Http1Config config) {
      super(config, BasicLineParser.INSTANCE, null);
    }

    @Override
    protected ClassicHttpRequest createMessage(CharArrayBuffer line) throws ParseException {
      RequestLine parsed = BasicLineParser.INSTANCE.parseRequestLine(line);
      var request = new BasicClassicHttpRequest(parsed.getMethod(), (String) null);
      request.setPath(parsed.getUri());
      request.setVersion(parsed.getProtocolVersion());
      return request;
    }
  }
}
