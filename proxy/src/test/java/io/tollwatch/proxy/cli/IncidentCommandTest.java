package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.LedgerSetup;
import io.tollwatch.proxy.config.LedgerConfig;
import io.tollwatch.report.Day;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a stopped sidecar left: two days, on the second of which a provider fails for a while.
class IncidentCommandTest {

  private static final String ID = Day.INCIDENT;

  @TempDir private static Path data;

  @BeforeAll
  static void record() throws Exception {
    if (!(DataFolder.open(data) instanceof DataFolder.Opening.Opened(DataFolder folder))) {
      throw new IllegalStateException("no data folder");
    }
    try (folder;
        Store store = LedgerSetup.store(folder, LedgerConfig.defaults())) {
      Day.feed(store);
    }
  }

  private static Ran report(String... more) {
    return Ran.command(
        Stream.concat(Stream.of("report", "--data", data.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void findsIncidentsAndTellsOneByItsId() {
    Ran list = report("incidents", "--since", "2026-03-02", "--until", "2026-03-03");

    assertThat(list.out()).contains("| " + ID + " |");

    Ran one = report("incident", ID);

    assertThat(one.code()).isZero();
    assertThat(one.out())
        .contains("breaker open", "calls failing", "incident over", "8 of 12 calls failed")
        .contains("At risk, EUR");
  }

  @Test
  void keepsANoteWithoutWhatMustNotBeKept() {
    Ran noted = report("incident", ID, "--note", "customer's card was 4111 1111 1111 1111");

    assertThat(noted.code()).isZero();
    assertThat(noted.err()).contains("noted with incident " + ID);
    assertThat(report("incident", ID).out())
        .contains("| note |", "customer's card was")
        .doesNotContain("4111 1111 1111 1111", "4111111111111111");
  }

  @Test
  void writesAllEvidenceIntoOneFile(@TempDir Path out) throws Exception {
    Path pack = out.resolve("evidence.zip");
    Ran written = report("incident", ID, "--pack", pack.toString());

    assertThat(written.code()).isZero();
    assertThat(written.err()).contains("written: " + pack);
    try (ZipFile zip = new ZipFile(pack.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .contains("failures.har", "provider-requests.csv", "SHA256SUMS");
      assertThat(zip.getInputStream(zip.getEntry("in-force.json")))
          .asString(StandardCharsets.UTF_8)
          .contains("\"tollwatch\"", "\"providers\"");
    }
    assertThat(report("incident", ID, "--pack", pack.toString()).code()).isEqualTo(2);
    assertThat(report("failures", "--pack", pack.toString()).err()).contains("--pack is for");
    assertThat(report("incident", "x", "--pack", out.resolve("no.zip").toString()).code())
        .isEqualTo(1);
    assertThat(out.resolve("no.zip")).doesNotExist();
  }

  @Test
  void saysWhatWouldBeRight() {
    assertThat(report("incident").code()).isEqualTo(2);
    assertThat(report("incident").err()).contains("which incident?");
    assertThat(report("failures", ID).err()).contains("only a report of one incident has an id");
    assertThat(report("failures", "--note", "x").err()).contains("--note is for");
    assertThat(report("incident", ID, "--note", " ").code()).isEqualTo(2);
    Ran missing = report("incident", "stripe-20200101T0000Z");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("there is no incident stripe-20200101T0000Z");
    assertThat(report("incident", "x", "--note", "y").code()).isEqualTo(1);
  }
}
