package io.tollwatch.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.LedgerSettings;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A report by the clock whose folder can't be made at first, because a file has its name.
class ExportRoundsTest {

  @TempDir private Path path;

  private Configuration configuration(Path reports) throws Exception {
    Path file =
        Files.writeString(
            path.resolve("tollwatch.yaml"),
            """
            exports:
              - {name: daily, report: failures, format: md, cron: "0 6 * * *", folder: "%s"}
            """
                .formatted(reports));
    return ((ConfigReading.Valid) new ConfigReader(Map.of()).read(file)).configuration();
  }

  @Test
  void whatCouldNotBeDeliveredIsToldAndTriedAgainUntilItIsThere() throws Exception {
    Path reports = Files.writeString(path.resolve("reports"), "in the way");
    Configuration configuration = configuration(reports);
    ManualTime time = new ManualTime(Instant.parse("2026-11-26T05:59:59Z"));
    DataFolder folder =
        ((DataFolder.Opening.Opened) DataFolder.open(path.resolve("data"))).folder();
    try (folder;
        JournaledLedger ledger =
            JournaledLedger.open(
                folder,
                Store.embedded(folder.path()),
                LedgerSettings.defaults(),
                time.instants(),
                time.nanos());
        ExportRounds rounds =
            new ExportRounds(
                ledger,
                () -> configuration,
                new SystemTime(time.instants(), time.nanos()),
                folder.path())) {
      rounds.round();
      assertThat(rounds.trouble()).isEmpty();

      time.advance(Duration.ofSeconds(1));
      rounds.round();
      assertThat(rounds.trouble().orElseThrow())
          .startsWith("export daily of 2026-11-26T06:00:00Z failed: ")
          .contains(reports.toString());

      Files.delete(reports);
      time.advance(Duration.ofSeconds(59));
      rounds.round();
      assertThat(rounds.trouble()).as("not yet tried again").isPresent();
      time.advance(Duration.ofSeconds(1));
      rounds.round();

      assertThat(reports.resolve("daily-20261126T0600Z.md")).isNotEmptyFile();
      assertThat(rounds.trouble()).isEmpty();
    }
  }
}
