package io.tollwatch.report;

import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Incident.Sum;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What incidents meant for payments, as rows of a table. Stateless.
final class IncidentMoney {

  static final String LEAD =
      "At risk: became in doubt, may have been taken and nobody knew. Saved: kept from the provider, and succeeded at another.";

  static final List<Column> COLUMNS =
      List.of(
          new Column("incident", "Incident"),
          new Column("what", "Money"),
          new Column("payments", "Payments"),
          new Column("amount", "Amount"),
          new Column("without_amount", "Without a known amount"));

  private IncidentMoney() {}

  /// One for each meaning and currency.
  static List<List<Cell>> rows(Incident incident) {
    List<List<Cell>> rows = new ArrayList<>();
    rows.addAll(rows(incident.id(), "at risk", incident.cost().doubts()));
    rows.addAll(rows(incident.id(), "still in doubt", incident.cost().doubtsLeft()));
    rows.addAll(rows(incident.id(), "saved elsewhere", incident.cost().saved()));
    return rows;
  }

  private static List<List<Cell>> rows(String incident, String what, Sum sum) {
    if (sum.payments() == 0) {
      return List.of();
    }
    return Amounts.rows(
        List.of(new Cell.Code(incident), new Cell.Text(what)),
        sum.payments(),
        amounts(sum).toList(),
        sum.withoutAmount());
  }

  /// The amounts by currency, or nothing if no payment said one.
  static Stream<Cell> amounts(Sum sum) {
    return sum.minor().isEmpty()
        ? Stream.of(new Cell.Absent())
        : sum.minor().entrySet().stream()
            .map(each -> new Cell.Amount(each.getValue(), each.getKey()));
  }
}
