package io.tollwatch.report;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Sums of money by currency, and how many exchanges said no amount. Confined to one report.
final class Amounts {

  private final Map<String, Long> sums = new TreeMap<>();
  private long count;
  private long unknown;

  /// Adds what an exchange's request is about.
  void add(Exchange exchange) {
    add(exchange.intent().correlation().handles());
  }

  /// Adds what a request is about.
  void add(Handles handles) {
    count++;
    if (handles.amountMinor().isPresent() && handles.currency().isPresent()) {
      sums.merge(handles.currency().get(), handles.amountMinor().getAsLong(), Math::addExact);
    } else {
      unknown++;
    }
  }

  /// The sums, by currency.
  List<Cell.Amount> sums() {
    return sums.entrySet().stream()
        .map(each -> new Cell.Amount(each.getValue(), each.getKey()))
        .toList();
  }

  /// Rows of a table, one for each currency. What counts payments of all currencies stands in the
  /// first only, so that a column can be added up.
  ///
  /// @param names what stands before
  /// @param sums by currency; a row without an amount if there are none
  /// @param unknown how many of the payments said no amount
  static List<List<Cell>> rows(
      List<Cell> names, long payments, List<? extends Cell> sums, long unknown) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Cell sum : sums.isEmpty() ? List.of(new Cell.Absent()) : sums) {
      boolean first = rows.isEmpty();
      List<Cell> row = new ArrayList<>(names);
      row.add(first ? new Cell.Count(payments) : new Cell.Absent());
      row.add(sum);
      row.add(first ? new Cell.Count(unknown) : new Cell.Absent());
      rows.add(row);
    }
    return rows;
  }

  /// The sums as grave figures, each of which names its currency too: no two may have one title.
  List<Figure> figures(String title) {
    return sums().stream()
        .map(sum -> new Figure(title + ", " + sum.currency().toUpperCase(Locale.ROOT), sum, true))
        .toList();
  }

  /// How many exchanges there are.
  long count() {
    return count;
  }

  /// How many of them said no amount.
  long unknown() {
    return unknown;
  }
}
