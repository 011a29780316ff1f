package io.tollwatch.report;

import io.tollwatch.exchange.Handles;
import io.tollwatch.report.page.Cell;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sums of money by currency, and how many exchanges said no amount. Confined to one report.
final class Amounts {

  private final Map<String, Long> sums = new TreeMap<>();
  private long count;
  private long unknown;

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

  /// How many exchanges there are.
  long count() {
    return count;
  }

  /// How many of them said no amount.
  long unknown() {
    return unknown;
  }
}
