package io.tollwatch.proxy.scenario;

import io.tollwatch.document.FileProblem;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Two fake gateways behind one channel, `card`, of a sidecar that can be restarted on its folder.
/// The gateways' books are the witnesses of what really happened to money. Confined to one test.
final class ChannelRig implements AutoCloseable {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("KEY_A", "sk_test_ofA", "KEY_B", "sk_test_ofB");

  final FakeStripe a = FakeStripe.start();
  final FakeStripe b = FakeStripe.start();
  private final Path folder;
  private final Path file;
  private final String profile;
  private final String ofA;
  private final String top;
  private Sidecar sidecar;

  private ChannelRig(Path folder, String profile, String channel, String ofA) {
    this(folder, profile, channel, ofA, "");
  }

  private ChannelRig(Path folder, String profile, String channel, String ofA, String top) {
    this.top = top;
    this.file = folder.resolve("tollwatch.yaml");
    this.profile = profile;
    this.folder = folder;
    this.ofA = ofA;
    write("a, b", channel);
    this.sidecar = open();
  }

  /// @param channel more settings of the channel, such as `fail-over-declines: true`
  static ChannelRig start(Path folder, String channel) {
    return new ChannelRig(folder, "stripe", channel, "keep-alive: 0s");
  }

  static ChannelRig ofProfile(Path folder, String profile) {
    return new ChannelRig(folder, profile, "deadline: 60s", "keep-alive: 0s");
  }

  /// @param ofA more settings of the provider `a`
  static ChannelRig withA(Path folder, String ofA) {
    return new ChannelRig(folder, "stripe", "deadline: 60s", ofA);
  }

  /// @param top lines of the configuration's top level
  static ChannelRig withTop(Path folder, String top) {
    return new ChannelRig(folder, "stripe", "deadline: 60s", "keep-alive: 0s", top);
  }

  private void write(String providers, String channel) {
    String timeout = top.isEmpty() ? "2s" : "20s"; // where nothing is to time out
    String member =
        "  %s: {profile: %s, url: \"%s\", response-timeout: %s, connect-timeout: 2s,"
            + " %s, headers: {Authorization: {env: %s, prefix: \"Bearer \"}}}\n";
    try {
      Files.writeString(
          file,
          "data: \"%s\"\negress: {port: 0}\nadmin: {port: 0}\ndrain: 1s\n%sproviders:\n"
                  .formatted(folder.resolve("data"), top)
              + member.formatted("a", profile, a.url(), timeout, ofA, "KEY_A")
              + member.formatted("b", profile, b.url(), timeout, "keep-alive: 0s", "KEY_B")
              + "channels:\n  card: {providers: [%s], %s}\n".formatted(providers, channel));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sidecar open() {
    var start =
        Sidecar.start(
            configuration(),
            () -> new Sidecar.Reread.Right(configuration()),
            SystemTime.real(),
            _ -> {});
    return switch (start) {
      case Sidecar.Start.Running running -> running.sidecar();
      case Sidecar.Start.Failed failed -> throw new IllegalStateException(failed.reason());
    };
  }

  private Configuration configuration() {
    return switch (new ConfigReader(ENVIRONMENT).read(file)) {
      case ConfigReading.Valid valid -> valid.configuration();
      case ConfigReading.Invalid invalid ->
          throw new IllegalStateException(
              invalid.problems().stream().map(FileProblem::text).collect(Collectors.joining("\n")));
    };
  }

  /// Gives the channel these providers, in that order.
  void reload(String providers) {
    write(providers, "deadline: 60s");
    sidecar
        .reload()
        .ifPresent(trouble -> {
          throw new IllegalStateException(trouble);
        });
  }

  /// Ends the sidecar and starts it anew on the same folder.
  void restart() {
    sidecar.close();
    sidecar = open();
  }

  String url(String name) {
    return sidecar.egress() + "/" + name;
  }

  /// A charge of 10.00 EUR through the channel with a card that any account may charge.
  HttpRequest.Builder pay(String key, String reference, String card) {
    HttpRequest.Builder request =
        Payments.form(
            url("card"),
            ("amount=1000&currency=eur&confirm=true&payment_method_data[type]=card"
                    + "&payment_method_data[card][number]=%s&metadata[order_id]=%s")
                .formatted(card, reference));
    return key.isEmpty() ? request : request.header("Idempotency-Key", key);
  }

  HttpRequest.Builder pay(String key) {
    return pay(key, "order-" + key, "4242424242424242");
  }

  HttpRequest.Builder refund(String payment) {
    return HttpRequest.newBuilder(URI.create(url("card") + "/v1/refunds"))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("payment_intent=" + payment));
  }

  /// Sends it as soon as the channel is ready.
  HttpResponse<String> send(HttpRequest.Builder request) {
    HttpResponse<String> answer = Payments.send(request);
    while (answer.body().contains("channel-not-ready")) {
      Thread.onSpinWait();
      answer = Payments.send(request);
    }
    return answer;
  }

  Admin admin() {
    return Admin.of(folder.resolve("data"));
  }

  /// All exchanges, oldest first.
  List<Exchange> exchanges() {
    return MoneyRig.exchanges(sidecar).reversed();
  }

  static String provider(HttpResponse<?> answer) {
    return answer.headers().firstValue("Tollwatch-Provider").orElse("(none)");
  }

  @Override
  public void close() {
    sidecar.close();
    a.close();
    b.close();
  }
}
