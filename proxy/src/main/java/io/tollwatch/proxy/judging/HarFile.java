package io.tollwatch.proxy.judging;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a HAR file (HTTP Archive 1.2), entry by entry. Confined to one reading.
final class HarFile {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String name;
  private final Consumer<Found> taker;

  HarFile(String name, Consumer<Found> taker) {
    this.name = name;
    this.taker = taker;
  }

  void read(InputStream in) {
    try (JsonParser parser = JSON.createParser(in)) {
      try {
        if (!toEntries(parser)) {
          taker.accept(new Found.Unreadable(name + ":1", "has no log.entries; export it as HAR"));
          return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          String place = name + ":" + parser.currentTokenLocation().getLineNr();
          JsonNode entry = parser.readValueAsTree();
          taker.accept(found(place, entry));
        }
      } catch (JacksonException e) {
        int line = Math.max(1, parser.currentLocation().getLineNr());
        taker.accept(
            new Found.Unreadable(name + ":" + line, "is not JSON from here on; export it again"));
      }
    }
  }

  /// Goes into the list `log.entries`.
  private static boolean toEntries(JsonParser parser) {
    parser.nextToken();
    for (String wanted : List.of("log", "entries")) {
      boolean there = false;
      while (!there && parser.nextToken() == JsonToken.PROPERTY_NAME) {
        there = parser.currentName().equals(wanted);
        parser.nextToken();
        if (!there) {
          parser.skipChildren();
        }
      }
      if (!there) {
        return false;
      }
    }
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  private static Found found(String place, JsonNode entry) {
    JsonNode request = entry.path("request");
    JsonNode response = entry.path("response");
    int status = response.path("status").asInt(0);
    if (status < 100 || status > 999) {
      return new Found.Unreadable(place, "has no answer: its status is " + status);
    }
    Optional<CapturedBody> body = body(response.path("content"));
    if (body.isEmpty()) {
      return new Found.Unreadable(
          place, "has a body that is not base64, as it says; export it again");
    }
    return new Found.Answer(
        place,
        Optional.empty(),
        Optional.of(
            new Found.Asked(
                request.path("method").asString("GET"),
                request.path("url").asString(""),
                fields(request, request.path("postData")),
                request.path("postData").path("text").asString(""))),
        status,
        fields(response, response.path("content")),
        body.get());
  }

  private static Optional<CapturedBody> body(JsonNode content) {
    String text = content.path("text").asString("");
    try {
      byte[] bytes =
          content.path("encoding").asString("").equals("base64")
              ? Base64.getMimeDecoder().decode(text)
              : text.getBytes(StandardCharsets.UTF_8);
      return Optional.of(new CapturedBody(bytes, bytes.length, true));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The fields of the wire; where there is no content type among them, that of the content.
  private static Fields fields(JsonNode message, JsonNode content) {
    List<Field> fields = new ArrayList<>();
    for (JsonNode field : message.path("headers")) {
      fields.add(new Field(field.path("name").asString(""), field.path("value").asString("")));
    }
    Fields all = Decoded.fields(new Fields(fields));
    String type = content.path("mimeType").asString("");
    return all.first("Content-Type").isPresent() || type.isEmpty()
        ? all
        : all.plus("Content-Type", type);
  }
}
