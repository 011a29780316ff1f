package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.AdminAccess;
import io.tollwatch.ledger.store.ExchangeJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks a running sidecar's admin API. Immutable.
record AdminClient(AdminAccess access) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(35);

  /// A report's first byte comes only when all of its time was counted.
  private static final Duration REPORT_SILENCE = Duration.ofMinutes(5);

  /// Names in the answer to a report.
  static final String EMPTY = "empty";

  static final String NOTES = "notes";

  /// What the sidecar answered.
  sealed interface Answer {
    /// As asked for.
    record Right(JsonNode body) implements Answer {}

    /// There is no such thing.
    record Missing() implements Answer {}

    /// Not as asked for.
    ///
    /// @param usage whether the question was wrong
    record Wrong(String reason, boolean usage) implements Answer {}
  }

  /// One document.
  Answer get(String path) {
    return ask(path, Optional.empty(), AdminClient::document);
  }

  /// Gives it a document, and has one back.
  Answer post(String path, JsonNode document) {
    return ask(path, Optional.of(JSON.writeValueAsBytes(document)), AdminClient::document);
  }

  /// Tells it something, as a JSON object.
  Answer post(String path, Map<String, ?> body) {
    return ask(path, Optional.of(JSON.writeValueAsBytes(body)), AdminClient::document);
  }

  /// The exchanges that meet these words, one by one as they come. The right answer is empty.
  Answer list(Map<String, String> words, Consumer<Exchange> taker) {
    return ask(
        "/api/exchanges?" + query(words),
        Optional.empty(),
        connection -> {
          try (InputStream body = connection.getInputStream()) {
            each(body, taker);
          }
          return JSON.createObjectNode();
        });
  }

  private static String query(Map<String, String> words) {
    return words.entrySet().stream()
        .map(word -> encoded(word.getKey()) + "=" + encoded(word.getValue()))
        .collect(Collectors.joining("&"));
  }

  /// A report, written as it comes. The right answer says whether it is `empty`, and its `notes`.
  Answer report(String kind, Map<String, String> words, Writer out) {
    return ask(
        "/api/reports/" + encoded(kind) + "?" + query(words),
        Optional.empty(),
        REPORT_SILENCE,
        connection -> {
          try (Reader body =
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
            body.transferTo(out);
          }
          return outlook(connection);
        });
  }

  /// The evidence of an incident, written as it comes. The right answer is empty.
  Answer pack(String incident, Map<String, String> words, OutputStream out) {
    return ask(
        "/api/incidents/" + encoded(incident) + "/pack?" + query(words),
        Optional.empty(),
        REPORT_SILENCE,
        connection -> {
          try (InputStream body = connection.getInputStream()) {
            body.transferTo(out);
          }
          return JSON.createObjectNode();
        });
  }

  private static JsonNode document(HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getInputStream()) {
      return JSON.readTree(body);
    }
  }

  private static JsonNode outlook(HttpURLConnection connection) {
    ObjectNode outlook = JSON.createObjectNode();
    outlook.put(EMPTY, Boolean.parseBoolean(connection.getHeaderField("Tollwatch-Report-Empty")));
    ArrayNode notes = outlook.putArray(NOTES);
    connection
        .getHeaderFields() // a map that tells cases apart, which names of fields have none
        .forEach((name, values) -> {
          if ("Tollwatch-Report-Note".equalsIgnoreCase(name)) {
            values.forEach(notes::add);
          }
        });
    return outlook;
  }

  private static void each(InputStream body, Consumer<Exchange> taker) {
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken(); // {
      parser.nextToken(); // "exchanges"
      parser.nextToken(); // [
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        JsonNode exchange = parser.readValueAsTree();
        taker.accept(ExchangeJson.read(exchange));
      }
    }
  }

  private Answer ask(String path, Optional<byte[]> document, Reading reading) {
    return ask(path, document, SILENCE, reading);
  }

  /// By the JDK's old client: it starts fastest, and one question is all it is asked.
  private Answer ask(String path, Optional<byte[]> document, Duration silence, Reading reading) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) access.address().resolve(path).toURL().openConnection(Proxy.NO_PROXY);
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
      connection.setReadTimeout(Math.toIntExact(silence.toMillis()));
      connection.setRequestProperty("Authorization", "Bearer " + access.token());
      if (document.isPresent()) {
        send(connection, document.get());
      }
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        return new Answer.Right(reading.read(connection));
      }
      return status == HttpURLConnection.HTTP_NOT_FOUND
          ? new Answer.Missing()
          : new Answer.Wrong(reason(connection), status == HttpURLConnection.HTTP_BAD_REQUEST);
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      return new Answer.Wrong(
          "the sidecar at " + access.address() + " does not answer: " + e.getMessage(), false);
    }
  }

  private static void send(HttpURLConnection connection, byte[] document) throws IOException {
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(document.length);
    try (OutputStream body = connection.getOutputStream()) {
      body.write(document);
    }
  }

  private static String reason(HttpURLConnection connection) throws IOException {
    try (InputStream problem = connection.getErrorStream()) {
      String otherwise = "the sidecar answered " + connection.getResponseCode();
      return problem == null
          ? otherwise
          : JSON.readTree(problem).path("detail").asString(otherwise);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Reads an answer.
  @FunctionalInterface
  private interface Reading {
    JsonNode read(HttpURLConnection connection) throws IOException;
  }
}
