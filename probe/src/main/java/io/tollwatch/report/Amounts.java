package io.tollwatch.report;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Figure;
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
