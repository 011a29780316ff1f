package io.tollwatch.proxy.scenario;

import io.tollwatch.document.FileProblem;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/// Two sidecars that serve one channel, `card`, of two fake gateways, `a` before `b`, each with a
/// data folder of its own. The gateways' books are the witnesses. Confined to one test.
final class SidecarPair implements AutoCloseable {

  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "KEY_A", "sk_test_ofA",
          "KEY_B", "sk_test_ofB",
          "DB_PASSWORD", "postgres",
          "JOIN", "the-same-key-at-all-sidecars-0123456789",
          "OTHER_JOIN", "another-key-at-this-sidecar-0123456789");

  static final String CLAIMS = "shared: true";
  static final String NO_CLAIMS = "shared: false";

  final FakeStripe a = FakeStripe.start();
  final FakeStripe b = FakeStripe.start();
  final Path folder;
  private final String ledger;
  private final String channel;
  final Sidecar one;
  final Sidecar two;

  /// @param ledger the configuration's `ledger`
  /// @param channel settings of the channel
  SidecarPair(Path folder, String ledger, String channel) {
    this(folder, ledger, channel, "JOIN");
  }

  /// @param joinKey the variable with the second sidecar's key
  SidecarPair(Path folder, String ledger, String channel, String joinKey) {
    this.folder = folder;
    this.ledger = ledger;
    this.channel = channel;
    this.one = open(configure("one", "JOIN", "300ms"));
    this.two = open(configure("two", joinKey, "300ms"));
  }

  /// Writes the configuration of one more sidecar.
  ///
  /// @return its folder
  Path configure(String name, String joinKey, String timeout) {
    String member =
        "  %s: {profile: stripe, url: \"%s\", response-timeout: %s, connect-timeout: 500ms,"
            + " keep-alive: 0s, headers: {Authorization: {env: %s, prefix: \"Bearer \"}}}\n";
    try {
      Path own = Files.createDirectories(folder.resolve(name));
      Files.writeString(
          own.resolve("tollwatch.yaml"),
          """
          data: "%s"
          egress: {port: 0}
          admin: {port: 0}
          drain: 1s
          ledger: %s
          redaction: {join-key: {env: %s}}
          reconcile: {enabled: false}
          providers:
          """
                  .formatted(own.resolve("data"), ledger, joinKey)
              + member.formatted("a", a.url(), timeout, "KEY_A")
              + member.formatted("b", b.url(), timeout, "KEY_B")
              + "channels:\n  card: {providers: [a, b], %s}\n".formatted(channel));
      return own;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sidecar open(Path folder) {
    var start =
        Sidecar.start(
            switch (new ConfigReader(ENVIRONMENT).read(folder.resolve("tollwatch.yaml"))) {
              case ConfigReading.Valid valid -> valid.configuration();
              case ConfigReading.Invalid invalid ->
                  throw new IllegalStateException(
                      invalid.problems().stream()
                          .map(FileProblem::text)
                          .collect(Collectors.joining("\n")));
            },
            () -> new Sidecar.Reread.Wrong("not in this test"),
            SystemTime.real(),
            _ -> {});
    return switch (start) {
      case Sidecar.Start.Running running -> running.sidecar();
      case Sidecar.Start.Failed failed -> throw new IllegalStateException(failed.reason());
    };
  }

  /// A charge through the channel of one of the two.
  static HttpRequest.Builder pay(String channel, String key) {
    return Payments.form(
            channel,
            ("amount=1000&currency=eur&confirm=true&payment_method_data[type]=card"
                    + "&payment_method_data[card][number]=4242424242424242&metadata[order_id]=%s")
                .formatted("order-" + key))
        .header("Idempotency-Key", key);
  }

  static HttpRequest.Builder pay(Sidecar at, String key) {
    return pay(at.egress() + "/card", key);
  }

  /// Sends it as soon as the channel is ready, and the database open.
  HttpResponse<String> send(Sidecar at, String key) {
    HttpResponse<String> answer = Payments.send(pay(at, key));
    while (answer.body().contains("channel-not-ready")
        || answer.body().contains("the shared ledger is not open")) {
      Thread.onSpinWait();
      answer = Payments.send(pay(at, key));
    }
    return answer;
  }

  /// Until both take payments.
  SidecarPair ready() {
    send(one, "warm-one");
    send(two, "warm-two");
    return this;
  }

  /// At how many gateways that payment was taken.
  int taken(String key) {
    return (a.book().charges(key).isEmpty() ? 0 : 1) + (b.book().charges(key).isEmpty() ? 0 : 1);
  }

  @Override
  public void close() {
    one.close();
    two.close();
    a.close();
    b.close();
  }
}
