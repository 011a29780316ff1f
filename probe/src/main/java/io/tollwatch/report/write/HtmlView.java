package io.tollwatch.report.write;

import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Sentence;
import io.tollwatch.report.page.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/// What the template of the HTML page asks. Immutable.
public final class HtmlView {

  private static final int LONGEST_WORD = 18;
  private static final int MANY_COLUMNS = 10;
  private static final String CSS = css();
  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-%s'"
          .formatted(digest(CSS));

  private final Page page;
  private final CellText cells;

  HtmlView(Page page) {
    this.page = page;
    this.cells = new CellText(page.zone());
  }

  private static String css() {
    try (InputStream css = HtmlView.class.getResourceAsStream("page.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String css) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /// The report.
  public Page page() {
    return page;
  }

  /// The style sheet, which is ours alone.
  public String style() {
    return CSS;
  }

  /// What the page may load and run: that style sheet, and nothing else.
  public String policy() {
    return POLICY;
  }

  /// A time.
  public String time(Instant time) {
    return cells.time(time);
  }

  /// A cell's text.
  public String text(Cell cell) {
    return cells.of(cell);
  }

  /// A sentence's text.
  public String text(Sentence sentence) {
    return cells.of(sentence);
  }

  /// A cell's style.
  public String style(Cell cell) {
    return switch (cell) {
      case Cell.Text(String text) -> isWord(text) ? "word" : "text";
      case Cell.Code(String text) -> isWord(text) ? "code word" : "code";
      case Cell.At _ -> "at";
      case Cell.Absent _ -> "absent";
      case Cell.Count _,
          Cell.Share _,
          Cell.Available _,
          Cell.Change _,
          Cell.Chance _,
          Cell.Took _,
          Cell.Age _,
          Cell.Amount _ ->
          "number";
    };
  }

  /// What is better left in one piece where a table is narrow.
  private static boolean isWord(String text) {
    return text.length() <= LONGEST_WORD && text.indexOf(' ') < 0;
  }

  /// The style of a table.
  public String style(Table table) {
    return table.columns().size() >= MANY_COLUMNS ? "many" : "few";
  }

  /// The style of a column: that of its first cell that is not absent.
  public String style(Table table, int column) {
    return table.rows().stream()
        .map(row -> row.get(column))
        .filter(cell -> !(cell instanceof Cell.Absent))
        .findFirst()
        .map(this::style)
        .orElse("text");
  }

  /// A section's chart, drawn.
  public Optional<Drawing> drawing(Section section) {
    return section.chart().map(chart -> Drawing.of(chart, cells));
  }

  /// A number as SVG writes it.
  public String number(double number) {
    return Shape.number(number);
  }
}
