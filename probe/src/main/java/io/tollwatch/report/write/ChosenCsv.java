package io.tollwatch.report.write;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollwatch.exchange.Exchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Writes chosen columns of exchanges as CSV (RFC 4180): any number of rows for each, formulas
/// defused. Confined to one export.
public final class ChosenCsv implements ExchangeWriter {

  private final CsvWriter csv;
  private final Function<Exchange, Stream<List<String>>> of;

  /// Writes to that writer, which it does not close.
  ///
  /// @param of the rows of an exchange, each as wide as the head
  public ChosenCsv(Writer out, List<String> head, Function<Exchange, Stream<List<String>>> of) {
    this.csv = TableCsv.writer(out);
    this.of = of;
    csv.writeRecord(head);
  }

  @Override
  public void accept(Exchange exchange) {
    of.apply(exchange)
        .forEach(row -> csv.writeRecord(row.stream().map(Spreadsheet::defused).toList()));
  }

  @Override
  public void end() {
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
