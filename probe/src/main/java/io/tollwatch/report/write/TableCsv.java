package io.tollwatch.report.write;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Writes a table as CSV (RFC 4180). Numbers are as machines read them: durations in milliseconds,
/// ages in seconds, shares of 1. Stateless.
public final class TableCsv {

  private TableCsv() {}

  /// Writes it, without closing.
  public static void write(Table table, ZoneId zone, Writer out) {
    try {
      CsvWriter csv = writer(out);
      csv.writeRecord(table.columns().stream().map(Table.Column::name).toList());
      table
          .rows()
          .forEach(row -> csv.writeRecord(row.stream().map(cell -> text(cell, zone)).toList()));
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CsvWriter writer(Writer out) {
    return CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
  }

  private static String text(Cell cell, ZoneId zone) {
    return switch (cell) {
      case Cell.Text(var text) -> Spreadsheet.defused(text);
      case Cell.Code(var text) -> Spreadsheet.defused(text);
      case Cell.Count(var number) -> Long.toString(number);
      case Cell.Share(var share) -> Double.isInfinite(share) ? "" : plain(share);
      case Cell.Available(var share) -> plain(share);
      case Cell.Change(var points) -> plain(points);
      case Cell.Chance(var chance) -> plain(chance);
      case Cell.Took(var duration) -> Millis.text(duration);
      case Cell.Age(var duration) -> Long.toString(duration.toSeconds());
      case Cell.At(var time) -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(zone));
      case Cell.Amount(var minor, var currency) -> minor + " " + Spreadsheet.defused(currency);
      case Cell.Absent() -> "";
    };
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).toPlainString();
  }
}
