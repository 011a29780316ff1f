package io.tollwatch.proxy.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// The service that makes the calls of the demonstration. Confined to one thread.
final class DemoClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI egress;
  private final HttpClient client = HttpClient.newHttpClient();

  /// @param egress where the sidecar takes calls
  DemoClient(URI egress) {
    this.egress = egress;
  }

  /// Makes the call.
  ///
  /// @throws IOException if the sidecar does not answer, which it always should
  HttpResponse<Void> make(DemoCall call) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(egress + call.target()))
            .timeout(PATIENCE)
            .method(
                call.body().isPresent() ? "POST" : "GET",
                call.body()
                    .map(HttpRequest.BodyPublishers::ofString)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    call.fields().forEach(field -> request.header(field.name(), field.value()));
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding());
  }

  @Override
  public void close() {
    client.close();
  }
}
