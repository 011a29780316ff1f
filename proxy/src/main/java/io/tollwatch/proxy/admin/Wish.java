package io.tollwatch.proxy.admin;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.document.DurationText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What somebody wants done, as one JSON object. Immutable.
record Wish(JsonNode json) {

  private static final int MAX_BODY = 4096;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// A wish that can't be granted. Says why.
  static final class Wrong extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Status status;

    Wrong(Status status, String reason) {
      super(reason);
      this.status = status;
    }

    void tell(ServerResponse response) {
      AdminApi.wrong(response, status, String.valueOf(getMessage()));
    }
  }

  /// Reads one.
  ///
  /// @param members those that it may have
  static Wish read(ServerRequest request, Set<String> members) throws Wrong {
    String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new Wrong(Status.UNSUPPORTED_MEDIA_TYPE_415, "send application/json");
    }
    try {
      byte[] body = request.content().inputStream().readNBytes(MAX_BODY + 1);
      JsonNode wish = body.length > MAX_BODY ? JSON.nullNode() : JSON.readTree(body);
      if (!wish.isObject() || !members.containsAll(wish.propertyNames())) {
        throw wrong("send one object with " + String.join(", ", members) + " only");
      }
      return new Wish(wish);
    } catch (JacksonException e) {
      throw wrong("that is no JSON");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Wrong wrong(String reason) {
    return new Wrong(Status.BAD_REQUEST_400, reason);
  }

  String text(String name) {
    return json.path(name).asString("");
  }

  Optional<Duration> time(String name) throws Wrong {
    String text = text(name);
    Optional<Duration> time = DurationText.parse(text).map(DurationText::duration);
    if (time.isEmpty() && !text.isEmpty()) {
      throw wrong("a time is a whole number and its unit (ms, s, m, h, d), such as 30m");
    }
    return time;
  }
}
