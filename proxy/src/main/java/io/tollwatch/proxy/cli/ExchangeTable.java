package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.taxonomy.Money;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Draws exchanges as lines, in columns as wide as what stands in them. A terminal too narrow for
/// all of them gets short ids first, then fewer columns. Confined to one list.
final class ExchangeTable {

  private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  /// Enough of an id to find it by: its time, and a little of its chance.
  private static final int SHORT_ID = 14;

  private static final int MIN_REMARK = 20;
  private static final String GAP = "  ";

  private enum Column {
    ID("id"),
    TIME("time"),
    PROVIDER("provider"),
    DOES("does"),
    HTTP("http"),
    CATEGORY("category"),
    MONEY("money"),
    MS("ms"),
    REMARK("reference, code");

    private final String title;

    Column(String title) {
      this.title = title;
    }
  }

  /// What goes first where there is no room.
  private static final List<Column> DISPENSABLE =
      List.of(Column.HTTP, Column.DOES, Column.MS, Column.PROVIDER);

  private record Row(ZonedDateTime at, Map<Column, String> cells, Optional<Money> money) {}

  private final Terminal terminal;
  private final Paint paint;
  private final ZoneId zone;
  private final List<Row> rows = new ArrayList<>();

  ExchangeTable(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.paint = terminal.paint();
    this.zone = zone;
  }

  /// Adds a line.
  void add(Exchange exchange) {
    Intent intent = exchange.intent();
    Map<Column, String> cells = new EnumMap<>(Column.class);
    cells.put(Column.ID, intent.id());
    cells.put(Column.PROVIDER, Printable.line(intent.provider()));
    cells.put(Column.DOES, intent.operation().word());
    exchange
        .outcome()
        .ifPresentOrElse(
            outcome -> {
              cells.put(Column.HTTP, status(outcome));
              cells.put(Column.CATEGORY, outcome.verdict().category().word());
              cells.put(Column.MS, "%.1f".formatted(outcome.timings().totalNanos() / 1e6));
            },
            () -> cells.put(Column.CATEGORY, "under way"));
    exchange.money().ifPresent(money -> cells.put(Column.MONEY, money.word()));
    cells.put(Column.REMARK, Printable.line(remarks(exchange)));
    rows.add(new Row(intent.startedAt().atZone(zone), cells, exchange.money()));
  }

  /// Prints what was added.
  void print(PrintWriter out) {
    if (rows.isEmpty()) {
      out.println("no exchange meets this");
      return;
    }
    boolean oneDay = rows.stream().map(row -> row.at().toLocalDate()).distinct().count() == 1;
    for (Row row : rows) {
      String time = TIME.format(row.at());
      row.cells().put(Column.TIME, oneDay ? time : DATE.format(row.at()) + " " + time);
    }
    Map<Column, String> titles = new EnumMap<>(Column.class);
    for (Column column : Column.values()) {
      titles.put(column, column.title);
    }
    if (oneDay) {
      titles.put(Column.TIME, DATE.format(rows.getFirst().at()));
    }
    Set<Column> shown = fit(titles);
    Map<Column, Integer> widths = widths(titles);
    out.println(paint.faint(line(titles, shown, widths, Optional.empty())));
    rows.forEach(row -> out.println(line(row.cells(), shown, widths, row.money())));
  }

  /// How many were added.
  int size() {
    return rows.size();
  }

  /// The id of the last line, the oldest.
  String lastId() {
    return rows.getLast().cells().getOrDefault(Column.ID, "");
  }

  /// Shortens and leaves out until it fits.
  private Set<Column> fit(Map<Column, String> titles) {
    Set<Column> shown = EnumSet.allOf(Column.class);
    if (total(titles, shown) <= terminal.width()) {
      return shown;
    }
    rows.forEach(row -> row.cells().computeIfPresent(Column.ID, (_, id) -> shortened(id)));
    for (Column column : DISPENSABLE) {
      if (total(titles, shown) > terminal.width()) {
        shown.remove(column);
      }
    }
    return shown;
  }

  private String shortened(String id) {
    return id.substring(0, Math.min(SHORT_ID, id.length()));
  }

  private int total(Map<Column, String> titles, Set<Column> shown) {
    return widths(titles).entrySet().stream()
        .filter(width -> shown.contains(width.getKey()))
        .mapToInt(width ->
            width.getKey() == Column.REMARK
                ? Math.min(MIN_REMARK, width.getValue())
                : width.getValue() + GAP.length())
        .sum();
  }

  private Map<Column, Integer> widths(Map<Column, String> titles) {
    Map<Column, Integer> widths = new EnumMap<>(Column.class);
    titles.forEach((column, title) -> widths.put(column, title.length()));
    for (Row row : rows) {
      row.cells().forEach((column, cell) -> widths.merge(column, cell.length(), Math::max));
    }
    return widths;
  }

  private String line(
      Map<Column, String> cells,
      Set<Column> shown,
      Map<Column, Integer> widths,
      Optional<Money> money) {
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (Column column : shown) {
      String cell = cells.getOrDefault(column, "");
      if (column == Column.REMARK) {
        line.append(cut(cell, terminal.width() - used));
        break;
      }
      int width = widths.getOrDefault(column, 0);
      used += width + GAP.length();
      String padded = (column == Column.MS ? "%" : "%-") + width + "s";
      String text = padded.formatted(cell);
      line.append(column == Column.MONEY ? money.map(m -> paint.money(m, text)).orElse(text) : text)
          .append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 3)) + "...";
  }

  private static String status(Outcome outcome) {
    return outcome.answer().map(Answer::status).map(String::valueOf).orElse("-");
  }

  private static String remarks(Exchange exchange) {
    List<String> remarks = new ArrayList<>();
    exchange.intent().correlation().reference().ifPresent(remarks::add);
    exchange.outcome().flatMap(o -> o.verdict().gateway().code()).ifPresent(remarks::add);
    exchange
        .outcome()
        .flatMap(Outcome::broken)
        .ifPresent(broken -> remarks.add(broken.breakage().word()));
    exchange.resolution().ifPresent(later -> remarks.add("resolved by " + later.by().word()));
    exchange.intent().repeatOf().ifPresent(earlier -> remarks.add("repeat"));
    return String.join(", ", remarks);
  }
}
