package io.tollwatch.proxy.incident;

import io.tollwatch.fixtures.FastTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Sends requests as a payment service does. Thread-safe.
final class Post implements AutoCloseable {

  private final FastTime time;
  private final Optional<SSLContext> tls;
  private final boolean anew;
  private final HttpClient kept;

  /// @param tls whom to trust, where it is not the usual
  /// @param anew whether each request gets a connection of its own
  Post(FastTime time, Optional<SSLContext> tls, boolean anew) {
    this.time = time;
    this.tls = tls;
    this.anew = anew;
    this.kept = client();
  }

  /// An answer. Immutable.
  record Answer(int status, String body, Optional<String> money, Optional<String> exchange) {}

  private HttpClient client() {
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    tls.ifPresent(builder::sslContext);
    return builder.build();
  }

  /// Posts it. Empty if no answer came in that time, or the connection broke.
  Optional<Answer> send(String url, Map<String, String> fields, String body, Duration patience) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(time.real(patience))
            .POST(BodyPublishers.ofString(body));
    fields.forEach(request::header);
    try {
      if (anew) {
        try (HttpClient fresh = client()) {
          return Optional.of(answer(fresh, request.build()));
        }
      }
      return Optional.of(answer(kept, request.build()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Answer answer(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return new Answer(
        answer.statusCode(),
        answer.body(),
        answer.headers().firstValue("Tollwatch-Money"),
        answer.headers().firstValue("Tollwatch-Exchange"));
  }

  @Override
  public void close() {
    kept.shutdownNow();
  }
}
