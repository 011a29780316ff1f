package io.tollwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CSV, Markdown and JSON Lines of a day in which a gateway and a caller say hostile things.
class ExportFormatsTest {

  @TempDir private static Path folder;
  private static DayLedger ledger;

  @BeforeAll
  static void fill() throws Exception {
    ledger = new DayLedger(folder);
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  private static List<CSVRecord> csv(ReportKind kind) throws Exception {
    String text = ledger.written(kind, ReportFormat.CSV);
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    try (var parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(text))) {
      return parser.getRecords();
    }
  }

  @Test
  void anIndependentParserReadsEachExchangeOfTheCsv() throws Exception {
    List<CSVRecord> rows = csv(ReportKind.EXCHANGES);
    List<Exchange> today =
        Day.exchanges().stream()
            .filter(each -> !each.intent().startedAt().isBefore(Day.TODAY.from()))
            .toList();

    assertThat(rows).hasSameSizeAs(today);
    for (int i = 0; i < rows.size(); i++) {
      CSVRecord row = rows.get(i);
      Exchange exchange = today.get(i);
      assertThat(row.isConsistent()).isTrue();
      assertThat(row.get("exchange")).isEqualTo(exchange.id());
      assertThat(row.get("started_at")).endsWith("+01:00");
      exchange
          .outcome()
          .ifPresent(outcome -> {
            assertThat(row.get("money")).isEqualTo(outcome.verdict().money().word());
            assertThat(Double.parseDouble(row.get("total_ms")))
                .isEqualTo(outcome.timings().totalNanos() / 1e6);
          });
    }
  }

  @Test
  void noCellOfTheCsvIsAFormula() throws Exception {
    List<CSVRecord> rows = csv(ReportKind.FAILURES);

    assertThat(rows.stream().flatMap(CSVRecord::stream))
        .isNotEmpty()
        .noneMatch(cell -> cell.matches("(?s)\\s*[=+\\-@\\t\\r].*"))
        .anyMatch(cell -> cell.startsWith("'=HYPERLINK"))
        .noneMatch(cell -> cell.contains("\u001b") || cell.contains("\u202e"));
  }

  @Test
  void figuresAreRowsToo() throws Exception {
    assertThat(csv(ReportKind.AVAILABILITY))
        .extracting(row -> row.get("provider"))
        .containsExactly("adyen", "paypal", "stripe-eu");
    assertThat(csv(ReportKind.LATENCY))
        .filteredOn(row -> row.get("phase").equals("tls"))
        .allSatisfy(row -> assertThat(Double.parseDouble(row.get("p50_ms"))).isBetween(23.4, 24.0));
  }

  @Test
  void nothingInMarkdownIsMarkup() {
    String page = ledger.written(ReportKind.FAILURES, ReportFormat.MD);
    String row = page.lines().filter(line -> line.contains("HYPERLINK")).findFirst().orElseThrow();

    assertThat(row)
        .contains("\\<img src=x onerror=alert\\(1\\)\\>\\|\\!\\[x\\]\\(http\\:")
        .contains("\\\\u202e\\\\u001b\\[31m");
    assertThat(page).doesNotContain("\u001b", "\u202e");
    long columns = row.replace("\\|", "").chars().filter(c -> c == '|').count();
    long head =
        page.lines()
            .filter(line -> line.startsWith("| Provider | Its code"))
            .findFirst()
            .orElseThrow()
            .chars()
            .filter(c -> c == '|')
            .count();
    assertThat(columns).isIn(head, 13L);
  }

  @Test
  void controlCharactersAreShownInEveryFormat() {
    for (ReportFormat format : ReportFormat.values()) {
      assertThat(ledger.written(ReportKind.FAILURES, format))
          .as(format.word())
          .contains("u202e")
          .doesNotContain("\u001b", "\u202e");
    }
  }
}
