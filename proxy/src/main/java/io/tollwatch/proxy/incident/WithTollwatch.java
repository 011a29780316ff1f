package io.tollwatch.proxy.incident;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.FastTime;
import io.tollwatch.fixtures.Pause;
import io.tollwatch.fixtures.gateway.StripeEvent;
import io.tollwatch.fixtures.incident.Gateways;
import io.tollwatch.fixtures.incident.Incident;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.demo.AlipayRequests;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/// One side of the comparison: a shop that pays through a sidecar with the settings that it has
/// where no file says otherwise. Thread-safe but for its end.
final class WithTollwatch implements AutoCloseable {

  static final String FIRST = "first";
  private static final String SECOND = "second";
  private static final String CHANNEL = "card";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Map<String, String> SECRETS =
      Map.of(
          "FIRST_KEY",
          "sk_test_ofTheFirstAccount",
          "SECOND_KEY",
          "sk_test_ofTheSecondAccount",
          "WEBHOOK_SECRET",
          Gateways.WEBHOOK_SECRET);

  private final Gateways gateways;
  private final BreakerLog breakers;
  private final Sidecar sidecar;
  private final Door door;
  private final Post post;
  private final Shop shop;

  private WithTollwatch(
      Incident incident,
      Gateways gateways,
      BreakerLog breakers,
      Sidecar sidecar,
      Door door,
      FastTime time) {
    this.gateways = gateways;
    this.breakers = breakers;
    this.sidecar = sidecar;
    this.door = door;
    this.post = new Post(time, Optional.empty(), false);
    Pause closing = new Pause();
    this.shop = new Shop("with", till(incident, time, closing), closing);
  }

  /// @param settings of its breakers that are not the usual ones, in flow style
  /// @throws IOException if the sidecar can't start, with one sentence for people
  static WithTollwatch open(
      Incident incident, Path data, String settings, FastTime time, Consumer<Replay.Turn> listener)
      throws IOException {
    Gateways gateways = Gateways.open(incident, time);
    BreakerLog breakers = new BreakerLog(FIRST, listener);
    try {
      Configuration configuration = configuration(incident, data, gateways, settings);
      Sidecar sidecar =
          started(
              Sidecar.start(
                  configuration,
                  () -> new Sidecar.Reread.Right(configuration),
                  new SystemTime(time.instants(), time.nanos()),
                  breakers::take));
      Door door = new Door(DataFolder.findAdmin(configuration.data()).orElseThrow());
      return new WithTollwatch(incident, gateways, breakers, sidecar, door, time);
    } catch (IOException e) {
      gateways.close();
      throw e;
    }
  }

  private static Sidecar started(Sidecar.Start start) throws IOException {
    return switch (start) {
      case Sidecar.Start.Running running -> running.sidecar();
      case Sidecar.Start.Failed failed -> throw new IOException(failed.reason());
    };
  }

  private static Configuration configuration(
      Incident incident, Path data, Gateways gateways, String breakers) throws IOException {
    Path folder = Files.createDirectories(data);
    Path file =
        Files.writeString(
            folder.resolve("tollwatch.yaml"), yaml(incident, folder, gateways, breakers));
    return switch (new ConfigReader(SECRETS).read(file)) {
      case ConfigReading.Valid valid -> valid.configuration();
      case ConfigReading.Invalid invalid -> throw new IOException(invalid.problems().toString());
    };
  }

  private static String yaml(Incident incident, Path folder, Gateways gateways, String breakers) {
    String more =
        gateways.ca().map(ca -> trusting(ca.writePem(folder))).orElse("")
            + (incident.kind() == Incident.Kind.CARDS_NEW_CONNECTIONS ? ", keep-alive: 0s" : "");
    boolean wallet = incident.kind() == Incident.Kind.WALLET;
    return """
    data: "%s"
    egress: {port: 0}
    admin: {port: 0}
    drain: 1s
    breakers: {%s}
    providers:
      first: {profile: %s, url: "%s"%s%s}
      second: {profile: stripe, url: "%s", headers: {Authorization: {env: SECOND_KEY, prefix: "Bearer "}}}
    """
            .formatted(
                folder.resolve(Replay.LEDGER),
                breakers,
                wallet ? "alipay" : "stripe",
                gateways.firstUrl(),
                more,
                wallet
                    ? ""
                    : ", headers: {Authorization: {env: FIRST_KEY, prefix: \"Bearer \"}},"
                        + " webhook-secret: {env: WEBHOOK_SECRET}",
                gateways.secondUrl())
        + (wallet ? "" : "channels:\n  card: {providers: [first, second]}\n");
  }

  private Till till(Incident incident, FastTime time, Pause closing) {
    return incident.kind() == Incident.Kind.WALLET
        ? new WalletTill(
            url(FIRST),
            url(SECOND),
            new WalletRequests(new AlipayRequests(gateways.signingKey().orElseThrow())),
            post,
            time,
            closing,
            this::learned)
        : new ChannelTill(url(CHANNEL), post, time, closing, this::learned);
  }

  private String url(String name) {
    return sidecar.egress() + "/" + name;
  }

  /// What the sidecar has learned of an exchange, as its events tell it to a service.
  private Optional<Money> learned(String exchange) {
    return sidecar.reader().byId(exchange).flatMap(Exchange::money);
  }

  Gateways gateways() {
    return gateways;
  }

  Shop shop() {
    return shop;
  }

  /// Relays webhooks as they come after an outage: all at once, every fifth twice, in any order.
  void relay(List<StripeEvent> events) throws IOException, InterruptedException {
    List<StripeEvent> burst = new ArrayList<>(events);
    for (int i = 0; i < events.size(); i += 5) {
      burst.add(events.get(i));
    }
    Collections.shuffle(burst, new Random(burst.size()));
    for (StripeEvent event : burst) {
      door.relay(event);
    }
  }

  /// Whether all breakers are closed and nothing is in doubt.
  boolean isWell() throws IOException, InterruptedException {
    return breakers.allClosed() && door.doubts() == 0 && shop.open() == 0;
  }

  /// Counts what came of it.
  Score score(Instant from, Instant worse, Instant well) throws IOException, InterruptedException {
    if (!sidecar.flush(PATIENCE)) {
      throw new IOException("the ledger did not take what was recorded");
    }
    return Scoring.of(
        shop.payments(),
        gateways,
        Optional.of(Scoring.health(sidecar.reader(), breakers.turns(), from, worse, well)));
  }

  @Override
  public void close() {
    shop.close();
    post.close();
    door.close();
    sidecar.close();
    gateways.close();
  }

  /// A handshake of a few milliseconds must not count as one that takes too long.
  private static String trusting(Path authority) {
    return ", connect-timeout: 30s, tls-timeout: 30s, trust: \"%s\"".formatted(authority);
  }
}
