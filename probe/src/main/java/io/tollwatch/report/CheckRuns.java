package io.tollwatch.report;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import io.tollwatch.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Calls that checks made, oldest first. Confined to one report.
final class CheckRuns implements Consumer<Exchange> {

  static final int SHOWN = 200;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("started_at", "Started"),
          new Column("exchange", "Exchange"),
          new Column("provider", "Provider"),
          new Column("operation", "Operation"),
          new Column("category", "Came to"),
          new Column("code", "Its code"),
          new Column("took_ms", "Took"),
          new Column("gateway_request_id", "Its request id"));

  private final List<List<Cell>> rows = new ArrayList<>();
  private final int most;
  private long count;
  private long failed;

  CheckRuns(int most) {
    this.most = most;
  }

  @Override
  public void accept(Exchange exchange) {
    count++;
    failed +=
        exchange.outcome().filter(it -> !it.verdict().category().endsWell()).isPresent() ? 1 : 0;
    if (rows.size() < most) {
      rows.add(row(exchange));
    }
  }

  private static List<Cell> row(Exchange exchange) {
    Optional<Outcome> outcome = exchange.outcome();
    Optional<Verdict> verdict = outcome.map(Outcome::verdict);
    return List.of(
        new Cell.At(exchange.intent().startedAt()),
        new Cell.Code(exchange.id()),
        new Cell.Text(exchange.intent().provider()),
        new Cell.Text(exchange.intent().operation().word()),
        Cell.text(verdict.map(it -> it.category().word())),
        Cell.code(verdict.flatMap(it -> it.gateway().code())),
        outcome
            .map(Outcome::timings)
            .filter(it -> it.totalNanos() > 0)
            .<Cell>map(it -> new Cell.Took(it.total()))
            .orElseGet(Cell.Absent::new),
        Cell.code(verdict.flatMap(it -> it.gateway().requestId())));
  }

  long count() {
    return count;
  }

  long failed() {
    return failed;
  }

  Table table() {
    return new Table("checks", COLUMNS, rows, "No check called it around this time.");
  }
}
