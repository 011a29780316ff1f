package io.tollwatch.report;

import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Routing;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What was decided about payments, and how often. Confined to one report.
final class DecisionCounts implements Consumer<Exchange> {

  private static final int SHOWN = 50;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("decision", "Decision"),
          new Column("provider", "About"),
          new Column("reason", "Why"),
          new Column("payments", "Calls"),
          new Column("latest", "Latest exchange"));

  private final Latest counts = new Latest();

  @Override
  public void accept(Exchange exchange) {
    of(exchange)
        .forEach(each ->
            counts.add(exchange.id(), "", each.kind().word(), each.provider(), each.reason()));
  }

  /// All that was decided, before an attempt and after it.
  static Stream<Decision> of(Exchange exchange) {
    return Stream.concat(
        exchange.intent().routing().map(Routing::decisions).orElse(List.of()).stream(),
        exchange.outcome().map(outcome -> outcome.decisions()).orElse(List.of()).stream());
  }

  Table table() {
    return counts.table("decisions", COLUMNS, SHOWN, false, "Nothing was decided.");
  }
}
