package io.tollwatch.proxy.cli;

import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Configuration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A sidecar on free ports in front of a fake Stripe, for commands to ask.
final class RunningSidecar implements AutoCloseable {

  final FakeStripe stripe = FakeStripe.start();
  final List<String> log = new CopyOnWriteArrayList<>();
  final Path data;
  final Sidecar sidecar;
  private final HttpClient client = HttpClient.newHttpClient();

  RunningSidecar(Path folder) {
    this(folder, "");
  }

  /// @param more further lines of its configuration file, which is `tollwatch.yaml` in the folder
  RunningSidecar(Path folder, String more) {
    this.data = folder.resolve("data");
    Configuration configuration = configuration(folder, stripe.url(), data, more);
    Sidecar.Start start =
        Sidecar.start(
            configuration,
            () -> new Sidecar.Reread.Wrong("1:1: it is wrong"),
            SystemTime.real(),
            log::add);
    this.sidecar = ((Sidecar.Start.Running) start).sidecar();
    warm();
  }

  /// The first answer of a fake gateway can take longer than a call may wait: it is asked for here.
  private void warm() {
    try {
      client.send(
          HttpRequest.newBuilder(URI.create(stripe.url() + "/")).build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Configuration configuration(Path folder, String url, Path data) {
    return configuration(folder, url, data, "");
  }

  private static Configuration configuration(Path folder, String url, Path data, String more) {
    try {
      Path file =
          Files.writeString(
              folder.resolve("tollwatch.yaml"),
              """
              data: %s
              egress: {port: 0}
              admin: {port: 0}
              providers:
                stripe: {url: "%s", response-timeout: 1s}
                nowhere: {url: "http://127.0.0.1:1", profile: stripe}
              """
                      .formatted(data, url)
                  + more);
      return ((ConfigReading.Valid) new ConfigReader(Map.of()).read(file)).configuration();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Pays, and gives the exchange's id.
  String pay(String provider, String method, String reference) throws Exception {
    String form =
        "amount=1000&currency=eur&confirm=true&payment_method=%s&metadata[order_id]=%s"
            .formatted(method, reference);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(sidecar.egress() + "/" + provider + "/v1/payment_intents"))
            .header("Authorization", "Bearer sk_test_fixture")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Request-Id", "caller-" + reference.length())
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    sidecar.flush(Duration.ofSeconds(5));
    return answer.headers().firstValue("Tollwatch-Exchange").orElseThrow();
  }

  void stop() {
    sidecar.close();
  }

  @Override
  public void close() {
    sidecar.close();
    stripe.close();
    client.close();
  }
}
