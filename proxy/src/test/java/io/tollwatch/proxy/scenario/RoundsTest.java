package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Incident;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.LeftLedger;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running sidecar does by the clock, with nobody asking: an outage becomes an incident with
/// its timeline, and a report of it lies in a folder.
class RoundsTest {

  private static final int CALLS = 30;

  @TempDir private Path folder;
  private final FakeStripe stripe = FakeStripe.start();

  @AfterEach
  void stop() {
    stripe.close();
  }

  @Test
  void anOutageIsWrittenDownAndReportedByItself() throws IOException {
    stripe.faults().always(Fault.status(503).at(Moment.RECEIVED));
    try (Sidecar sidecar = start()) {
      for (int i = 0; i < CALLS; i++) {
        Payments.send(Payments.stripe(sidecar.egress() + "/stripe", "order-" + i));
      }
      Eventually.holds("a report is made", () -> !reports().isEmpty());
    }
    assertThat(Files.readAllLines(exported().resolve(reports().getFirst())))
        .filteredOn(line -> line.contains(",in_doubt,"))
        .hasSize(CALLS);
    assertThat(kept())
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.id()).startsWith("stripe-");
          assertThat(incident.recoveredAt()).isEmpty();
        });
  }

  /// One for which a minute ends soon, but after the first search for incidents: the clock of
  /// crontabs knows no shorter time.
  private Sidecar start() throws IOException {
    Instant now = Instant.now();
    Duration ahead =
        Duration.between(now, now.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60)).minusSeconds(20);
    Path file =
        Files.writeString(
            folder.resolve("tollwatch.yaml"),
            """
            data: "%s"
            egress: {port: 0}
            admin: {port: 0}
            drain: 1s
            providers:
              stripe: {profile: stripe, url: "%s"}
            exports:
              - {name: minutely, report: failures, format: csv, cron: "* * * * *", folder: "%s"}
            """
                .formatted(
                    folder.resolve("data"), stripe.url(), Files.createDirectory(exported())));
    var valid = (ConfigReading.Valid) new ConfigReader(Map.of()).read(file);
    var start =
        Sidecar.start(
            valid.configuration(),
            () -> new Sidecar.Reread.Wrong("not in this test"),
            new SystemTime(() -> Instant.now().plus(ahead), System::nanoTime),
            _ -> {});
    return ((Sidecar.Start.Running) start).sidecar();
  }

  private Path exported() {
    return folder.resolve("exported");
  }

  /// What it left in its ledger.
  private List<Incident> kept() {
    var opening = (DataFolder.Opening.Opened) DataFolder.open(folder.resolve("data"));
    try (DataFolder opened = opening.folder();
        LeftLedger left = ChildSidecar.Left.of(opened)) {
      return left.reports().openIncidents();
    }
  }

  private List<String> reports() {
    try (Stream<Path> files = Files.list(exported())) {
      // while it is written it has another name
      return files
          .map(each -> each.getFileName().toString())
          .filter(name -> name.matches("minutely-[0-9TZ]+\\.csv"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
