package io.tollwatch.proxy.judging;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.ledger.store.ExchangeJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON Lines: answers as `{gateway, request, status, headers, body}`, or exchanges as
/// `tollwatch exchanges --json` prints them. A line that is neither is reported, and the rest is
/// read. Confined to one reading.
final class AnswerLines {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String name;
  private final Consumer<Found> taker;

  AnswerLines(String name, Consumer<Found> taker) {
    this.name = name;
    this.taker = taker;
  }

  void read(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    int number = 0;
    for (String line; (line = lines.readLine()) != null; ) {
      number++;
      String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
      if (!text.isBlank()) {
        taker.accept(found(name + ":" + number, text));
      }
    }
  }

  private static Found found(String place, String line) {
    JsonNode tree;
    try {
      tree = JSON.readTree(line);
    } catch (JacksonException e) {
      return new Found.Unreadable(place, "is not JSON; write one object a line");
    }
    if (tree.has("intent")) {
      try {
        return new Found.Recorded(place, ExchangeJson.read(tree));
      } catch (IllegalArgumentException e) {
        return new Found.Unreadable(
            place, "is no exchange as 'tollwatch exchanges --json' prints it");
      }
    }
    return answer(place, tree);
  }

  private static Found answer(String place, JsonNode line) {
    int status = line.path("status").asInt(0);
    if (status < 100 || status > 999) {
      return new Found.Unreadable(
          place, "has no status; write the answer's, such as \"status\": 402");
    }
    String text = text(line.path("body"));
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Found.Answer(
        place,
        Optional.of(line.path("gateway").asString("")).filter(gateway -> !gateway.isEmpty()),
        asked(line.path("request")),
        status,
        fields(line.path("headers")),
        new CapturedBody(body, body.length, true));
  }

  private static Optional<Found.Asked> asked(JsonNode request) {
    String url = request.path("url").asString(request.path("path").asString(""));
    return url.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Found.Asked(
                request.path("method").asString("POST"),
                url,
                fields(request.path("headers")),
                text(request.path("body"))));
  }

  /// A body as text, or as the JSON that it is.
  private static String text(JsonNode body) {
    return switch (body.getNodeType()) {
      case STRING -> body.asString();
      case MISSING, NULL -> "";
      default -> body.toString();
    };
  }

  /// A map of names to a value or to a list of them, or a list of `{name, value}`.
  private static Fields fields(JsonNode headers) {
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : headers.properties()) {
      JsonNode values = each.getValue();
      if (values.isArray()) {
        values.forEach(value -> fields.add(new Field(each.getKey(), value.asString(""))));
      } else {
        fields.add(new Field(each.getKey(), values.asString("")));
      }
    }
    if (headers.isArray()) {
      for (JsonNode each : headers) {
        fields.add(new Field(each.path("name").asString(""), each.path("value").asString("")));
      }
    }
    return Decoded.fields(new Fields(fields));
  }
}
