package io.tollwatch.proxy.cli;

import io.tollwatch.ledger.AdminAccess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a running sidecar's admin API. Immutable.
record AdminClient(AdminAccess access) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(35);

  /// What the sidecar answered: its JSON, or what was wrong.
  sealed interface Answer {
    /// As asked for.
    record Right(JsonNode body) implements Answer {}

    /// Not as asked for.
    ///
    /// @param usage whether the question was wrong
    record Wrong(String reason, boolean usage) implements Answer {}
  }

  Answer get(String path, Map<String, String> query) {
    String words =
        query.entrySet().stream()
            .map(word -> encoded(word.getKey()) + "=" + encoded(word.getValue()))
            .collect(Collectors.joining("&"));
    URI uri = access.address().resolve(words.isEmpty() ? path : path + "?" + words);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + access.token())
            .timeout(LIMIT)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode body = JSON.readTree(response.body());
      return response.statusCode() == 200
          ? new Answer.Right(body)
          : new Answer.Wrong(
              body.path("detail").asString("the sidecar answered " + response.statusCode()),
              response.statusCode() == 400);
    } catch (IOException | JacksonException e) {
      return new Answer.Wrong(
          "the sidecar at " + access.address() + " does not answer: " + e.getMessage(), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Wrong("interrupted", false);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
