package io.tollwatch.report;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// Payments that may have been attempted twice. Confined to one report.
final class Duplicates implements Consumer<Exchange> {

  private static final int SHOWN = 50;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("started_at", "Started"),
          new Column("exchange", "Exchange"),
          new Column("duplicate_of", "Earlier exchange"),
          new Column("provider", "Provider"),
          new Column("amount", "Amount"),
          new Column("money", "Money"),
          new Column("reference", "Reference"));

  private final Deque<Exchange> newest = new ArrayDeque<>();
  private long count;

  @Override
  public void accept(Exchange exchange) {
    count++;
    newest.addFirst(exchange);
    if (newest.size() > SHOWN) {
      newest.removeLast();
    }
  }

  Section section() {
    List<List<Cell>> rows = new ArrayList<>();
    newest.forEach(exchange -> rows.add(row(exchange)));
    String found = count > SHOWN ? "The newest %d of %,d.".formatted(SHOWN, count) : "";
    return Section.of(
        "Payments that may have been attempted twice",
        ("Same merchant reference and amount as an earlier payment that may have been taken, but another idempotency key. "
                + found)
            .strip(),
        new Table("duplicates", COLUMNS, rows, "None was found."));
  }

  private static List<Cell> row(Exchange exchange) {
    Intent intent = exchange.intent();
    var handles = intent.correlation().handles();
    return List.of(
        new Cell.At(intent.startedAt()),
        new Cell.Code(exchange.id()),
        Cell.code(intent.duplicateOf()),
        new Cell.Text(intent.provider()),
        Cell.amount(handles.amountMinor(), handles.currency()),
        Cell.text(exchange.outcome().map(outcome -> outcome.verdict().money().word())),
        Cell.text(intent.correlation().reference()));
  }
}
