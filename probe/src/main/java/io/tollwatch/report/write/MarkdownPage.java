package io.tollwatch.report.write;

import io.tollwatch.document.Visible;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Figure;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Table;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a page as Markdown with tables (GitHub's). Charts stay away: their numbers stand in the
/// tables. Confined to one page.
public final class MarkdownPage {

  private static final String SPECIAL = "\\`*{}[]<>()|~&#!:@$";

  private final Page page;
  private final CellText cells;
  private final PrintWriter out;

  private MarkdownPage(Page page, Writer out) {
    this.page = page;
    this.cells = new CellText(page.zone());
    this.out = new PrintWriter(out);
  }

  /// Writes it, without closing.
  public static void write(Page page, Writer out) {
    new MarkdownPage(page, out).write();
  }

  private void write() {
    line("# " + escaped(page.title()));
    line("");
    line(
        cells.time(page.window().from())
            + " to "
            + cells.time(page.window().until())
            + ", "
            + escaped(page.zone().getId()));
    page.scope().forEach(words -> line("\n" + escaped(words)));
    line("\n**" + escaped(cells.of(page.conclusion())) + "**");
    line("");
    for (Figure figure : page.figures()) {
      String value = escaped(cells.of(figure.value()));
      line("- " + figure.title() + ": " + (figure.grave() ? "**" + value + "**" : value));
    }
    page.notes().forEach(note -> line("\n> " + escaped(note)));
    page.sections().forEach(this::section);
    out.flush();
  }

  private void section(Section section) {
    line("");
    line("## " + escaped(section.title()));
    line("");
    line(escaped(section.lead()));
    section.tables().forEach(this::table);
  }

  private void table(Table table) {
    line("");
    if (table.rows().isEmpty()) {
      line("_" + escaped(table.otherwise()) + "_");
      return;
    }
    line(row(table.columns().stream().map(column -> escaped(column.title())).toList()));
    line(row(table.rows().getFirst().stream().map(MarkdownPage::rule).toList()));
    table
        .rows()
        .forEach(row -> line(row(row.stream().map(cells::of).map(MarkdownPage::escaped).toList())));
  }

  private static String rule(Cell cell) {
    return switch (cell) {
      case Cell.Text _, Cell.Code _, Cell.At _, Cell.Absent _ -> "---";
      case Cell.Count _,
          Cell.Share _,
          Cell.Available _,
          Cell.Change _,
          Cell.Chance _,
          Cell.Took _,
          Cell.Age _,
          Cell.Amount _ ->
          "--:";
    };
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /// Whatever could be read as more than text is escaped; an underscore within a word can't.
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    String shown = Visible.line(text).replace('\r', ' ');
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if ((SPECIAL.indexOf(c) >= 0 && !isTimeColon(shown, i))
          || (c == '_' && !isInWord(shown, i))) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /// Between digits, or before a blank: no part of an address that would become a link.
  private static boolean isTimeColon(String text, int at) {
    return text.charAt(at) == ':'
        && at > 0
        && at + 1 < text.length()
        && (text.charAt(at + 1) == ' ' || Character.isDigit(text.charAt(at + 1)));
  }

  private static boolean isInWord(String text, int at) {
    return at > 0
        && at + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(at - 1))
        && Character.isLetterOrDigit(text.charAt(at + 1));
  }
}
