package io.tollwatch.report;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.util.List;

/// What breakers did, as a table. Stateless.
final class BreakerTable {

  /// How many changes are shown at most.
  static final int SHOWN = 200;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("at", "When"),
          new Column("breaker", "Breaker"),
          new Column("from", "From"),
          new Column("to", "To"),
          new Column("reason", "Why"),
          new Column("who", "By order of"));

  private BreakerTable() {}

  /// @param changes oldest first
  static Table of(List<BreakerChange> changes) {
    return new Table(
        "breakers",
        COLUMNS,
        changes.stream().limit(SHOWN).map(BreakerTable::row).toList(),
        "No breaker changed in this time.");
  }

  private static List<Cell> row(BreakerChange change) {
    return List.of(
        new Cell.At(change.at()),
        new Cell.Text(change.breaker().shown()),
        new Cell.Text(change.from().word()),
        new Cell.Text(change.to().word()),
        new Cell.Text(change.reason()),
        Cell.text(change.who()));
  }
}
