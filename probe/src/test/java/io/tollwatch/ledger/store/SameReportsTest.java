package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.report.Day;
import io.tollwatch.report.ReportFormat;
import io.tollwatch.report.ReportKind;
import io.tollwatch.report.ReportRequest;
import io.tollwatch.report.Reports;
import io.tollwatch.report.incident.IncidentBook;
import io.tollwatch.report.incident.IncidentSearch;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same two days in both databases, with an incident that was kept while it lasted, and noted
/// upon: whatever is asked of the one, the other must answer to the byte.
class SameReportsTest {

  private static final Instant WHILE_IT_LASTED = Day.TODAY.from().plus(Duration.ofHours(4));

  private static final Map<StoreKind, Store> STORES = new EnumMap<>(StoreKind.class);

  @TempDir private static Path folder;

  @BeforeAll
  static void fill() throws SQLException {
    for (StoreKind kind : StoreKind.values()) {
      Store store = kind.place(folder).store();
      STORES.put(kind, store);
      Day.feed(store);
      IncidentBook book = new IncidentBook(store.reports(), store.incidents());
      book.bringUpToDate(WHILE_IT_LASTED);
      book.note(
          new IncidentNote(Day.INCIDENT, WHILE_IT_LASTED, "ann", "called \"them\" | 'twice'"),
          WHILE_IT_LASTED);
    }
  }

  @AfterAll
  static void close() {
    STORES.values().forEach(Store::close);
  }

  /// One format of each page, and one of each list of exchanges: the others ask the same.
  static Stream<ReportRequest> all() {
    return Stream.of(ReportKind.values())
        .flatMap(kind ->
            kind.formats().stream()
                .filter(format ->
                    format == ReportFormat.MD
                        || (format == ReportFormat.JSONL && kind.exchanges().isPresent()))
                .sorted()
                .map(format -> request(kind, format)));
  }

  private static ReportRequest request(ReportKind kind, ReportFormat format) {
    Duration day = Duration.ofDays(1);
    return new ReportRequest(
        kind,
        format,
        Slice.of(Day.TODAY),
        TimeWindow.of(Day.TODAY.from().minus(day), day),
        ZoneOffset.UTC,
        0.999,
        kind == ReportKind.INCIDENT ? Optional.of(Day.INCIDENT) : Optional.empty());
  }

  private static Store store(StoreKind kind) {
    return Objects.requireNonNull(STORES.get(kind));
  }

  private static String written(StoreKind kind, ReportRequest request) {
    StringWriter out = new StringWriter();
    new Reports(store(kind).reports(), "1.0", _ -> Optional.empty()).write(request, out);
    return out.toString();
  }

  @ParameterizedTest
  @MethodSource("all")
  void bothDatabasesReportTheSameBytes(ReportRequest request) {
    assertThat(written(StoreKind.POSTGRES, request))
        .isNotEmpty()
        .isEqualTo(written(StoreKind.H2, request));
  }

  @Test
  void bothKeepAnIncidentWithItsNotesAndKnowWhenItIsOver() {
    for (StoreKind kind : StoreKind.values()) {
      ReportReader ledger = store(kind).reports();
      assertThat(ledger.openIncidents()).extracting(Incident::id).contains(Day.INCIDENT);
      assertThat(ledger.incidentNotes(Day.INCIDENT))
          .extracting(IncidentNote::text)
          .containsExactly("called \"them\" | 'twice'");
      Incident over =
          new IncidentSearch(ledger).byId(Day.INCIDENT, Day.TODAY.until()).orElseThrow();
      store(kind).incidents().keep(List.of(over));
      assertThat(ledger.openIncidents()).extracting(Incident::id).doesNotContain(Day.INCIDENT);
    }
  }
}
