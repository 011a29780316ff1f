package io.tollwatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import de.sstoehr.harreader.HarReader;
import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Routing;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch;
import io.tollwatch.taxonomy.Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The evidence of the day's incident, opened again.
class EvidencePackTest {

  private static final ReportRequest REQUEST =
      DayLedger.request(ReportKind.INCIDENT, ReportFormat.MD);

  @TempDir private static Path folder;
  @TempDir private static Path other;
  private static DayLedger ledger;
  private static Incident incident;
  private static Map<String, byte[]> files;

  @BeforeAll
  static void fill() throws Exception {
    ledger = new DayLedger(folder);
    incident = ledger.reports().incident(REQUEST).orElseThrow();
    files = unpacked(packed(ledger));
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  private static byte[] packed(DayLedger from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    from.reports()
        .pack(
            REQUEST,
            from.reports().incident(REQUEST).orElseThrow(),
            Map.of("tollwatch", "1.0"),
            out);
    return out.toByteArray();
  }

  private static Map<String, byte[]> unpacked(byte[] pack) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(pack))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        all.put(each.getName(), zip.readAllBytes());
      }
    }
    return all;
  }

  private static String text(String name) {
    return text(files, name);
  }

  private static String text(Map<String, byte[]> pack, String name) {
    return new String(Objects.requireNonNull(pack.get(name)), StandardCharsets.UTF_8);
  }

  private static List<CSVRecord> csv(String name) throws IOException {
    return rows(text(name));
  }

  private static List<CSVRecord> rows(String csv) throws IOException {
    try (var parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(csv))) {
      return parser.getRecords();
    }
  }

  private static List<Exchange> failures() {
    return Day.exchanges().stream()
        .filter(each ->
            each.intent().provider().equals("stripe-eu")
                && !each.intent().startedAt().isBefore(incident.startedAt())
                && each.intent().startedAt().isBefore(incident.recoveredAt().orElseThrow())
                && each.intent().origin() == Origin.LIVE
                && each.outcome().filter(it -> !it.verdict().category().endsWell()).isPresent())
        .toList();
  }

  @Test
  void hasAllThatASupportAsksFor() {
    assertThat(files.keySet())
        .containsExactly(
            "summary.md",
            "summary.html",
            "timeline.csv",
            "failures.har",
            "provider-requests.csv",
            "checks.csv",
            "decisions.csv",
            "in-force.json",
            "SHA256SUMS");
    assertThat(text("summary.md")).contains("# Incident " + Day.INCIDENT, "Decisions", "Checks");
    assertThat(JsonMapper.shared().readTree(text("in-force.json")).path("tollwatch").asString())
        .isEqualTo("1.0");
  }

  @Test
  void eachFailedCallIsInTheHarAndInTheTableOfRequestIds() throws Exception {
    List<String> ids = failures().stream().map(Exchange::id).toList();

    assertThat(ids).isNotEmpty();
    assertThat(new HarReader().readFromString(text("failures.har")).log().entries())
        .hasSameSizeAs(ids);
    assertThat(csv("provider-requests.csv"))
        .extracting(row -> row.get("exchange"))
        .containsExactlyElementsOf(ids);
    assertThat(csv("provider-requests.csv"))
        .anySatisfy(row -> assertThat(row.get("gateway_request_id")).startsWith("req_"));
  }

  @Test
  void tellsTheCourseTheChecksAndTheDecisions() throws Exception {
    assertThat(csv("timeline.csv"))
        .extracting(row -> row.get("what"))
        .contains("breaker open", "calls failing: first seen", "incident over");
    assertThat(csv("decisions.csv"))
        .extracting(row -> row.get("decision"))
        .contains("skipped", "chosen");
    assertThat(csv("checks.csv"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.get("origin")).isEqualTo("synthetic"));
  }

  /// One payment that was refused before it was sent, one whose repeat elsewhere was refused after.
  @Test
  void decisionsHaveWhatWasRefusedBeforeAnAttemptAndAfterIt(@TempDir Path third) throws Exception {
    int second = (int) Duration.between(Samples.START, incident.startedAt()).toSeconds() + 305;
    Intent unsent = Samples.intent(second, "stripe-eu", Operation.PAY, "");
    Intent sent = Samples.intent(second + 1, "stripe-eu", Operation.PAY, "");
    Decision before = new Decision(Decision.Kind.REFUSED, "adyen", "it may have been taken");
    Decision after = new Decision(Decision.Kind.REFUSED, "paypal", "its answer is lost");
    try (DayLedger more = new DayLedger(third)) {
      more.store.feed(
          new Batch(
              new UUID(1, 2),
              List.of(
                  new Exchange(
                      unsent.through(new Routing("card", Optional.empty(), List.of(before))),
                      Optional.of(Samples.lost(second))),
                  new Exchange(sent, Optional.of(Samples.lost(second + 1).with(List.of(after))))),
              List.of(),
              new Batch.Position(0, 1)));

      assertThat(rows(text(unpacked(packed(more)), "decisions.csv")))
          .filteredOn(row -> row.get("decision").equals("refused"))
          .extracting(row -> row.get("exchange"), row -> row.get("about"), row -> row.get("reason"))
          .containsExactly(
              tuple(unsent.id(), "adyen", "it may have been taken"),
              tuple(sent.id(), "paypal", "its answer is lost"));
    }
  }

  @Test
  void itsChecksumsAreRight() throws Exception {
    String expected =
        files.entrySet().stream()
            .filter(each -> !each.getKey().equals("SHA256SUMS"))
            .map(each -> sha256(each.getValue()) + "  " + each.getKey() + "\n")
            .collect(Collectors.joining());

    assertThat(text("SHA256SUMS")).isEqualTo(expected);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Two packs that are made within a moment would be alike all the same.
  @Test
  void noFileTellsWhenThePackWasMade() throws Exception {
    List<LocalDateTime> times = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed(ledger)))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        times.add(each.getTimeLocal());
      }
    }

    assertThat(times)
        .hasSameSizeAs(files.keySet())
        .containsOnly(LocalDateTime.of(1980, 1, 1, 0, 0));
  }

  @Test
  void theSameDataGivesTheSameBytes() throws Exception {
    try (DayLedger same = new DayLedger(other)) {
      assertThat(packed(same)).isEqualTo(packed(ledger));
    }
  }
}
