package io.tollwatch.report.write;

import io.tollwatch.document.Visible;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes a page's tables as JSON Lines, a line for each row, which says of which table it is.
/// Stateless.
public final class TableJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TableJson() {}

  /// Writes them, without closing.
  public static void write(Page page, Writer out) {
    try {
      for (Table table : page.tables()) {
        for (List<Cell> row : table.rows()) {
          out.write(Visible.line(JSON.writeValueAsString(line(page, table, row))));
          out.write('\n');
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> line(Page page, Table table, List<Cell> row) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("report", page.name());
    line.put("table", table.name());
    line.put("from", page.window().from().toString());
    line.put("until", page.window().until().toString());
    for (int i = 0; i < row.size(); i++) {
      put(line, table.columns().get(i).name(), row.get(i));
    }
    return line;
  }

  private static void put(Map<String, Object> line, String name, Cell cell) {
    switch (cell) {
      case Cell.Text(var text) -> line.put(name, text);
      case Cell.Code(var text) -> line.put(name, text);
      case Cell.Count(var number) -> line.put(name, number);
      case Cell.Share(var share) -> {
        if (Double.isFinite(share)) {
          line.put(name, share);
        }
      }
      case Cell.Available(var share) -> line.put(name, share);
      case Cell.Change(var points) -> line.put(name, points);
      case Cell.Chance(var chance) -> line.put(name, chance);
      case Cell.Took(var duration) -> line.put(name, Millis.of(duration.toNanos()));
      case Cell.Age(var duration) -> line.put(name, duration.toSeconds());
      case Cell.At(var time) -> line.put(name, time.toString());
      case Cell.Amount(var minor, var currency) -> line.put(name, new Amount(minor, currency));
      case Cell.Absent() -> {
        // what is absent is left out
      }
    }
  }

  /// An amount in minor units of its currency.
  private record Amount(long minor, String currency) {}
}
