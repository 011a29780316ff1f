package io.tollwatch.proxy.scenario;

import io.tollwatch.document.FileProblem;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.gateway.FakeAdyen;
import io.tollwatch.fixtures.gateway.FakeAlipay;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// Three fake gateways and a whole sidecar in front of them, started from a configuration file. The
/// gateways' books are the witnesses of what really happened to money.
final class MoneyRig implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "ADYEN_KEY",
          Secrets.INJECTED,
          "CLIENT_TOKEN",
          Secrets.CLIENT_TOKEN,
          "LOOKUP_KEY",
          Secrets.LOOKUP,
          "STRIPE_TEST_KEY",
          Secrets.CHECK,
          "WEBHOOK_SECRET",
          Secrets.WEBHOOK);

  final FakeStripe stripe = FakeStripe.start();
  final FakeAdyen adyen = FakeAdyen.start();
  final FakeAlipay alipay = FakeAlipay.start();
  final Path file;
  final Path data;
  final List<String> log = new CopyOnWriteArrayList<>();
  private Sidecar sidecar;

  /// Secrets of the configuration, made up.
  static final class Secrets {
    static final String INJECTED = "AQEinjectedByTheSidecar0815";
    static final String CLIENT_TOKEN = "client-token-of-the-test-4711";

    static final String CHECK = "sk_test_ofTheChecks";

    /// Stripe's fake takes it.
    static final String LOOKUP = "rk_test_looksPaymentsUp";

    static final String WEBHOOK = "whsec_b2ZUaGVUZXN0MDEyMzQ1Njc4OWFi";

    private Secrets() {}
  }

  private MoneyRig(Path folder, String top, String provider) {
    this.file = folder.resolve("tollwatch.yaml");
    this.data = folder.resolve("data");
    configure(top, provider);
    this.sidecar = started();
  }

  private Sidecar started() {
    Sidecar.Start start =
        switch (read()) {
          case Sidecar.Reread.Wrong wrong -> throw new IllegalStateException(wrong.problems());
          case Sidecar.Reread.Right right ->
              Sidecar.start(right.configuration(), this::read, SystemTime.real(), log::add);
        };
    return switch (start) {
      case Sidecar.Start.Running running -> running.sidecar();
      case Sidecar.Start.Failed failed -> throw new IllegalStateException(failed.reason());
    };
  }

  /// Ends the sidecar and starts another one with the same data.
  void restart() {
    sidecar.close();
    sidecar = started();
  }

  /// Starts all of it.
  ///
  /// @param folder for its files
  /// @param top lines of the configuration's top level
  /// @param provider settings of each provider, such as `duplicates: refuse`
  static MoneyRig start(Path folder, String top, String provider) {
    return new MoneyRig(folder, top, provider);
  }

  static MoneyRig start(Path folder, String provider) {
    return start(folder, "", provider);
  }

  /// Writes the configuration file anew; [#sidecar()] takes it when it is told to reload.
  void configure(String top, String provider) {
    write(yaml(top, provider));
  }

  void write(String yaml) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String yaml(String top, String provider) {
    String egress = top.contains("egress:") ? "" : "egress: {port: 0}\n";
    return """
    data: %s
    admin: {port: 0}
    %s%s
    providers:
      stripe: {url: "%s", %s}
      adyen: {url: "%s", %s}
      alipay: {url: "%s", %s}
    """
        .formatted(
            data,
            egress,
            top,
            stripe.url(),
            provider,
            adyen.url(),
            provider,
            alipay.url(),
            provider);
  }

  Sidecar sidecar() {
    return sidecar;
  }

  /// Where a provider is called.
  String url(String provider) {
    return sidecar.egress() + "/" + provider;
  }

  /// All that was recorded, newest first.
  List<Exchange> exchanges() {
    return exchanges(sidecar);
  }

  static List<Exchange> exchanges(Sidecar sidecar) {
    try {
      if (!sidecar.flush(LIMIT)) {
        throw new IllegalStateException("the ledger does not write");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return sidecar.reader().find(ExchangeQuery.of().limit(ExchangeQuery.MAX_LIMIT));
  }

  /// The newest exchange, once it has ended: an answer that streams is with its caller before that.
  Exchange last() {
    long end = System.nanoTime() + LIMIT.toNanos();
    Exchange newest = exchanges().getFirst();
    while (newest.outcome().isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
      newest = exchanges().getFirst();
    }
    return newest;
  }

  private Sidecar.Reread read() {
    return switch (new ConfigReader(ENVIRONMENT).read(file)) {
      case ConfigReading.Valid valid -> new Sidecar.Reread.Right(valid.configuration());
      case ConfigReading.Invalid invalid ->
          new Sidecar.Reread.Wrong(
              invalid.problems().stream().map(FileProblem::text).collect(Collectors.joining("\n")));
    };
  }

  @Override
  public void close() {
    stripe.close();
    adyen.close();
    alipay.close();
    sidecar.close();
  }
}
