package io.tollwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch;
import io.tollwatch.ledger.store.ExchangeJson;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reports of the second of two days, against what is counted by hand.
class ReportsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<Exchange> TODAY =
      Day.exchanges().stream()
          .filter(exchange -> !exchange.intent().startedAt().isBefore(Day.TODAY.from()))
          .toList();

  @TempDir private static Path folder;
  @TempDir private static Path other;
  private static DayLedger ledger;
  private static DayLedger same;

  @BeforeAll
  static void fill() throws Exception {
    ledger = new DayLedger(folder);
    same = new DayLedger(other);
  }

  @AfterAll
  static void close() {
    ledger.close();
    same.close();
  }

  static Stream<ReportRequest> all() {
    return Stream.of(ReportKind.values())
        .flatMap(kind ->
            kind.formats().stream().sorted().map(format -> DayLedger.request(kind, format)));
  }

  private static boolean failed(Exchange exchange) {
    return exchange
        .outcome()
        .map(Outcome::verdict)
        .filter(it -> !it.category().endsWell() || it.money() == Money.IN_DOUBT)
        .isPresent();
  }

  private static long count(Predicate<Exchange> test) {
    return TODAY.stream().filter(test).count();
  }

  private static List<JsonNode> lines(ReportRequest request, String table) {
    return ledger
        .written(request)
        .lines()
        .map(JSON::readTree)
        .filter(line -> line.path("table").asString("").equals(table))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameDataGivesTheSameBytes(ReportRequest request) {
    String once = ledger.written(request);

    assertThat(once).isNotEmpty().isEqualTo(same.written(request));
  }

  @Test
  void exportsEachFailureOldestFirstAsItIsKept() {
    List<Exchange> read =
        ledger
            .written(ReportKind.FAILURES, ReportFormat.JSONL)
            .lines()
            .map(ExchangeJson::read)
            .toList();

    assertThat(read).isEqualTo(TODAY.stream().filter(ReportsTest::failed).toList());
    assertThat(ledger.written(ReportKind.EXCHANGES, ReportFormat.JSONL).lines())
        .hasSize(TODAY.size());
  }

  @Test
  void countsAvailabilityWithDeclinesAsAnswers() {
    Map<String, JsonNode> providers =
        lines(DayLedger.request(ReportKind.AVAILABILITY, ReportFormat.JSONL), "providers").stream()
            .collect(Collectors.toMap(line -> line.path("provider").asString(), line -> line));

    for (String provider : List.of("adyen", "paypal", "stripe-eu")) {
      Predicate<Exchange> its = each -> each.intent().provider().equals(provider);
      long ended = count(its.and(each -> each.outcome().isPresent()));
      long unavailable =
          count(
              its.and(each ->
                  each.outcome()
                      .map(Outcome::verdict)
                      .filter(it -> it.slaFault() || it.money() == Money.IN_DOUBT)
                      .isPresent()));
      JsonNode line = Objects.requireNonNull(providers.get(provider));
      assertThat(line.path("calls").asLong()).isEqualTo(ended);
      assertThat(line.path("unavailable").asLong()).isEqualTo(unavailable);
      assertThat(line.path("availability").asDouble()).isEqualTo(1 - (double) unavailable / ended);
    }
    assertThat(providers.values().stream().map(line -> line.path("finding").asString()))
        .contains("target missed");
    assertThat(providers).hasSize(3);
  }

  @Test
  void showsWhatChecksFoundBesideTheServicesCalls() {
    Slice live = Slice.of(Day.TODAY).from(Origin.LIVE);
    List<JsonNode> checks =
        lines(DayLedger.request(ReportKind.AVAILABILITY, ReportFormat.JSONL, live), "checks");

    assertThat(checks.stream().mapToLong(line -> line.path("check_calls").asLong()).sum())
        .isPositive()
        .isEqualTo(
            count(
                each -> each.intent().origin() == Origin.SYNTHETIC && each.outcome().isPresent()));
    assertThat(checks.stream().mapToLong(line -> line.path("check_unavailable").asLong()).sum())
        .isPositive();
    assertThat(ledger.written(DayLedger.request(ReportKind.FAILURES, ReportFormat.MD, live)))
        .contains("What the checks found");
  }

  @Test
  void exportsWhatWasLearnedLaterOfADoubt(@TempDir Path third) throws Exception {
    Exchange doubt =
        TODAY.stream()
            .filter(each ->
                each.outcome().filter(it -> it.verdict().money() == Money.IN_DOUBT).isPresent())
            .findFirst()
            .orElseThrow();
    Resolution resolution =
        new Resolution(
            doubt.id(),
            Day.TODAY.until(),
            Money.SUCCEEDED,
            Resolution.By.LOOKUP,
            "it was taken",
            Optional.empty(),
            Optional.empty());
    try (DayLedger resolved = new DayLedger(third)) {
      resolved.store.feed(
          new Batch(
              new UUID(1, 2),
              List.of(),
              List.of(),
              List.of(resolution),
              List.of(),
              new Batch.Position(0, 1)));

      assertThat(
              resolved
                  .written(ReportKind.FAILURES, ReportFormat.JSONL)
                  .lines()
                  .map(ExchangeJson::read)
                  .filter(each -> !each.resolutions().isEmpty()))
          .singleElement()
          .isEqualTo(doubt.resolved(List.of(resolution)));
      assertThat(resolved.written(ReportKind.FAILURES, ReportFormat.CSV))
          .contains(",succeeded,lookup,");
      assertThat(resolved.written(ReportKind.FAILURES, ReportFormat.HAR))
          .contains("\"resolutions\":[{\"at\":", "\"by\":\"lookup\"");
    }
  }

  @Test
  void tellsAShiftFromChance() {
    String page = ledger.written(ReportKind.FAILURES, ReportFormat.MD);

    assertThat(page.lines().filter(line -> line.startsWith("| stripe-eu | failed |")))
        .singleElement()
        .asString()
        .contains("| rose |");
    assertThat(page.lines().filter(line -> line.startsWith("| adyen | payments declined |")))
        .singleElement()
        .asString()
        .contains("| rose |");
    assertThat(page.lines().filter(line -> line.startsWith("| paypal | failed |")))
        .singleElement()
        .asString()
        .contains("| within chance |");
  }

  @Test
  void showsUnknownCodesDuplicatesAndBreaks() {
    String page = ledger.written(ReportKind.FAILURES, ReportFormat.MD);
    long duplicates = count(each -> each.intent().duplicateOf().isPresent());

    assertThat(duplicates).isPositive();
    assertThat(page)
        .contains("stripe/decline_code")
        .contains("| stripe-eu | response_timeout | wait |")
        .contains(
            TODAY.stream()
                .filter(each -> each.intent().duplicateOf().isPresent())
                .findFirst()
                .orElseThrow()
                .id());
  }

  @Test
  void keepsToProviderChannelOperationAndOrigin() {
    Slice today = Slice.of(Day.TODAY);
    Slice slice =
        new Slice(
            Day.TODAY,
            Optional.of("adyen"),
            Optional.of("card"),
            Optional.of(Operation.PAY),
            Optional.of(Origin.LIVE));
    long expected =
        count(each ->
            each.intent().provider().equals("adyen")
                && each.intent().operation() == Operation.PAY
                && each.intent().origin() == Origin.LIVE);

    assertThat(exported(slice)).isEqualTo(expected).isPositive();
    assertThat(
            exported(
                new Slice(
                    today.window(),
                    Optional.of("paypal"),
                    Optional.of("card"),
                    Optional.empty(),
                    Optional.empty())))
        .isZero();
  }

  private static long exported(Slice slice) {
    return ledger
        .written(DayLedger.request(ReportKind.EXCHANGES, ReportFormat.JSONL, slice))
        .lines()
        .count();
  }

  @Test
  void listsDoubtsByAgeAndAmount() {
    String page = ledger.written(ReportKind.IN_DOUBT, ReportFormat.MD);
    long doubts =
        count(each ->
            each.outcome().filter(it -> it.verdict().money() == Money.IN_DOUBT).isPresent());

    assertThat(page).contains("- In doubt: **" + doubts + "**").contains("EUR", "JPY");
  }

  @Test
  void tellsAnIncidentWithWhatItCostAndWhatWasSaved() {
    JsonNode incident =
        lines(DayLedger.request(ReportKind.INCIDENTS, ReportFormat.JSONL), "incidents").stream()
            .filter(line -> line.path("incident").asString().equals(Day.INCIDENT))
            .findFirst()
            .orElseThrow();
    Instant opened = Day.changes().getFirst().at();
    Instant started = Instant.parse(incident.path("started_at").asString());
    Instant recovered = Instant.parse(incident.path("recovered_at").asString());
    Predicate<Exchange> during = each -> within(each, started, recovered);
    Predicate<Exchange> its =
        during.and(each ->
            each.intent().provider().equals("stripe-eu") && each.intent().origin() == Origin.LIVE);

    assertThat(incident.path("signs").asString()).contains("breaker open, calls failing");
    assertThat(Instant.parse(incident.path("mitigated_at").asString())).isEqualTo(opened);
    assertThat(incident.path("calls").asLong()).isEqualTo(count(its));
    assertThat(incident.path("failed").asLong()).isEqualTo(count(its.and(ReportsTest::failed)));
    assertThat(incident.path("saved").asLong())
        .isPositive()
        .isEqualTo(
            count(
                during.and(each ->
                    each.intent().origin() == Origin.LIVE
                        && each.intent()
                            .routing()
                            .filter(routing -> routing.decisions().size() == 2)
                            .isPresent()
                        && each.outcome()
                            .filter(it -> it.verdict().money() == Money.SUCCEEDED)
                            .isPresent())));
  }

  private static boolean within(Exchange exchange, Instant from, Instant until) {
    Instant at = exchange.intent().startedAt();
    return !at.isBefore(from) && at.isBefore(until);
  }

  @Test
  void anEmptyWindowGivesAValidEmptyReport() {
    TimeWindow never = TimeWindow.of(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofHours(1));
    for (ReportKind kind : EnumSet.complementOf(EnumSet.of(ReportKind.INCIDENT))) {
      for (ReportFormat format : kind.formats()) {
        ReportRequest request = DayLedger.request(kind, format, Slice.of(never));
        assertThat(ledger.reports().outlook(request).empty()).isTrue();
        String written = ledger.written(request);
        switch (format) {
          case HAR -> assertThat(JSON.readTree(written).at("/log/entries")).isEmpty();
          case CSV -> assertThat(written.lines()).hasSize(1);
          case JSONL -> assertThat(written).isEmpty();
          case MD, HTML -> assertThat(written).contains("meets the filters", "2026-01-01");
        }
      }
    }
  }

  @Test
  void saysThatItsTimeBeginsBeforeTheLedger() {
    TimeWindow before =
        new TimeWindow(Samples.START.minus(Duration.ofDays(9)), Samples.START.plusSeconds(600));
    ReportRequest request =
        DayLedger.request(ReportKind.FAILURES, ReportFormat.MD, Slice.of(before));

    assertThat(ledger.reports().outlook(request).notes())
        .singleElement()
        .asString()
        .contains("not all in the ledger", "2026-03-01 11:03:00+01:00");
    assertThat(ledger.written(request)).contains("> This time is not all in the ledger");
    assertThat(
            ledger
                .reports()
                .outlook(DayLedger.request(ReportKind.FAILURES, ReportFormat.MD))
                .notes())
        .isEmpty();
  }

  @Test
  void saysThatTheTimeComparedWithBeginsBeforeTheLedger() {
    Duration half = Duration.ofHours(12);
    TimeWindow second = TimeWindow.of(Samples.START.plus(half), half.multipliedBy(2));
    TimeWindow last = TimeWindow.of(Day.TODAY.from().plus(half), half);
    String note = "> The time compared with is not all in the ledger";

    for (ReportKind kind :
        List.of(ReportKind.FAILURES, ReportKind.AVAILABILITY, ReportKind.LATENCY)) {
      assertThat(ledger.written(DayLedger.request(kind, ReportFormat.MD, Slice.of(second))))
          .contains(note);
      assertThat(ledger.written(DayLedger.request(kind, ReportFormat.MD, Slice.of(last))))
          .doesNotContain("not all in the ledger");
    }
  }
}
