package io.tollwatch.proxy.incident;

import io.tollwatch.fixtures.gateway.StripeEvent;
import io.tollwatch.ledger.AdminAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The sidecar's admin API, as a payment service uses it. Thread-safe.
final class Door implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AdminAccess access;
  private final HttpClient client = HttpClient.newHttpClient();

  Door(AdminAccess access) {
    this.access = access;
  }

  /// Relays a webhook of the first gateway.
  void relay(StripeEvent event) throws IOException, InterruptedException {
    String body =
        JSON.writeValueAsString(
            Map.of(
                "provider",
                WithTollwatch.FIRST,
                "headers",
                Map.of("Stripe-Signature", event.signature()),
                "body",
                event.body()));
    send(request("/api/evidence").POST(BodyPublishers.ofString(body)));
  }

  /// How many payments are in doubt.
  int doubts() throws IOException, InterruptedException {
    return JSON.readTree(send(request("/api/in-doubt").GET())).path("doubts").size();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(access.address() + path))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + access.token());
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the admin API answered " + answer.statusCode());
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
