package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.gateway.FakeGateway;
import io.tollwatch.ledger.store.ExchangeFilter;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// A sidecar of its own in this process, on free ports, with raw clients and a look into its
/// ledger. Confined to one test.
final class EgressRig implements AutoCloseable {

  static final String TOKEN = "token-for-this-test";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Sidecar sidecar;
  private final List<String> log;

  private EgressRig(Sidecar sidecar, List<String> log) {
    this.sidecar = sidecar;
    this.log = log;
  }

  /// One with these entries under `providers`.
  static EgressRig start(Path folder, String... providers) {
    return startAt(folder, SystemTime.real(), providers);
  }

  /// One with more keys under `egress`, in flow style and ended by a comma, such as `hosts: [a],`.
  static EgressRig startWith(Path folder, String egressKeys, String... providers) {
    return start(folder, SystemTime.real(), egressKeys, providers);
  }

  /// One with clocks of its own.
  static EgressRig startAt(Path folder, SystemTime time, String... providers) {
    return start(folder, time, "", providers);
  }

  private static EgressRig start(
      Path folder, SystemTime time, String egressKeys, String[] providers) {
    String yaml =
        """
        data: "%s"
        egress: {%s port: 0}
        admin: {port: 0}
        drain: 2s
        providers:
        """
            .formatted(folder.resolve("data"), egressKeys);
    for (String provider : providers) {
      yaml += "  " + provider + "\n";
    }
    List<String> log = new CopyOnWriteArrayList<>();
    var reading = new ConfigReader(Map.of("TOKEN", TOKEN)).read(written(folder, yaml));
    if (!(reading instanceof ConfigReading.Valid valid)) {
      throw new AssertionError(reading.toString());
    }
    var start =
        Sidecar.start(
            valid.configuration(),
            () -> new Sidecar.Reread.Wrong("not in this test"),
            time,
            log::add);
    if (!(start instanceof Sidecar.Start.Running running)) {
      throw new AssertionError(start.toString());
    }
    return new EgressRig(running.sidecar(), log);
  }

  /// An entry of `providers` that leads to a fake gateway.
  static String provider(String name, String profile, String url, String... moreKeys) {
    String more = moreKeys.length == 0 ? "" : ", " + String.join(", ", moreKeys);
    return "%s: {profile: %s, url: \"%s\"%s}".formatted(name, profile, url, more);
  }

  private static Path written(Path folder, String yaml) {
    try {
      return Files.writeString(folder.resolve("tollwatch.yaml"), yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The shared listener's address, without a path.
  URI egress() {
    return sidecar.egress();
  }

  /// The address of a provider's own listener.
  URI listener(String provider) {
    return Objects.requireNonNull(sidecar.listeners().get(provider));
  }

  /// A new connection to the shared listener.
  EgressClient client() {
    return EgressClient.to(egress());
  }

  /// What the log lines said.
  List<String> log() {
    return List.copyOf(log);
  }

  /// All exchanges of the ledger, oldest first.
  List<Exchange> exchanges() {
    try {
      assertThat(sidecar.flush(PATIENCE)).as("the ledger is written").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return sidecar.reader().find(ExchangeQuery.of(new ExchangeFilter[0]).limit(100)).reversed();
  }

  /// The only exchange of the ledger, once it is settled.
  Exchange exchange() {
    List<Exchange> found = until(all -> !all.isEmpty() && all.getLast().outcome().isPresent());
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /// The ledger's exchanges as soon as they are so.
  List<Exchange> until(Predicate<List<Exchange>> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Exchange> found = exchanges();
    while (!wanted.test(found)) {
      assertThat(System.nanoTime()).as("until they are so: %s", found).isLessThan(deadline);
      Thread.onSpinWait();
      found = exchanges();
    }
    return found;
  }

  /// Nothing was sent to that gateway: not even a part of a request.
  static void assertNothingSent(FakeGateway gateway) {
    assertThat(gateway.book().requests()).isEmpty();
  }

  @Override
  public void close() {
    sidecar.close();
  }
}
