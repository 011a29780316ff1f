package io.tollwatch.report;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What only whole exchanges tell of those without success: codes, breaks, the newest with what
/// their provider's support asks for. Confined to one report.
final class FailureDetails implements Consumer<Exchange> {

  /// How many of the newest failures are shown.
  static final int NEWEST = 100;

  private static final int TOP = 20;

  private static final List<Column> NEWEST_COLUMNS =
      List.of(
          new Column("started_at", "Started"),
          new Column("exchange", "Exchange"),
          new Column("provider", "Provider"),
          new Column("operation", "Operation"),
          new Column("category", "Came to"),
          new Column("code", "Its code"),
          new Column("money", "Money"),
          new Column("amount", "Amount"),
          new Column("took_ms", "Took"),
          new Column("broke", "Broke"),
          new Column("gateway_request_id", "Its request id"),
          new Column("reference", "Reference"));

  private static final List<Column> CODE_COLUMNS =
      List.of(
          new Column("provider", "Provider"),
          new Column("code", "Its code"),
          new Column("category", "Came to"),
          new Column("calls", "Calls"),
          new Column("message", "What it said, last"),
          new Column("latest", "Latest exchange"));

  private static final List<Column> BREAK_COLUMNS =
      List.of(
          new Column("provider", "Provider"),
          new Column("breakage", "Break"),
          new Column("phase", "Phase"),
          new Column("calls", "Calls"),
          new Column("detail", "In words, last"),
          new Column("latest", "Latest exchange"));

  private static final List<Column> UNMAPPED_COLUMNS =
      List.of(
          new Column("provider", "Provider"),
          new Column("table", "Unknown to"),
          new Column("code", "Code"),
          new Column("calls", "Calls"),
          new Column("latest", "Latest exchange"));

  private final Deque<Exchange> newest = new ArrayDeque<>();
  private final Latest codes = new Latest();
  private final Latest declines = new Latest();
  private final Latest breaks = new Latest();
  private final Latest unmapped = new Latest();
  private final Amounts inDoubt = new Amounts();

  @Override
  public void accept(Exchange exchange) {
    exchange.outcome().ifPresent(outcome -> take(exchange, outcome));
  }

  private void take(Exchange exchange, Outcome outcome) {
    Intent intent = exchange.intent();
    Verdict verdict = outcome.verdict();
    boolean failed = !verdict.category().endsWell() || verdict.money() == Money.IN_DOUBT;
    if (failed) {
      keep(exchange);
      outcome
          .broken()
          .ifPresent(broken ->
              breaks.add(
                  exchange.id(),
                  broken.detail(),
                  intent.provider(),
                  broken.breakage().word(),
                  broken.phase().word()));
    }
    if (verdict.money() == Money.IN_DOUBT) {
      inDoubt.add(intent.correlation().handles());
    }
    code(exchange, verdict, failed);
    verdict
        .trail()
        .unmapped()
        .ifPresent(code ->
            unmapped.add(
                exchange.id(),
                "",
                intent.provider(),
                verdict.trail().unmappedAt().orElse("-"),
                code));
  }

  private void code(Exchange exchange, Verdict verdict, boolean failed) {
    GatewayError gateway = verdict.gateway();
    if (gateway.code().isPresent() && (failed || Standing.isDecline(verdict.category()))) {
      (failed ? codes : declines)
          .add(
              exchange.id(),
              gateway.message().orElse(""),
              exchange.intent().provider(),
              gateway.code().get(),
              verdict.category().word());
    }
  }

  private void keep(Exchange exchange) {
    newest.addFirst(exchange);
    if (newest.size() > NEWEST) {
      newest.removeLast();
    }
  }

  /// What is in doubt, by currency.
  Amounts inDoubt() {
    return inDoubt;
  }

  Table newest() {
    List<List<Cell>> rows = new ArrayList<>();
    newest.forEach(exchange -> rows.add(row(exchange, exchange.outcome().orElseThrow())));
    return new Table("newest", NEWEST_COLUMNS, rows, "No call failed in this time.");
  }

  private static List<Cell> row(Exchange exchange, Outcome outcome) {
    Intent intent = exchange.intent();
    Verdict verdict = outcome.verdict();
    var handles = intent.correlation().handles();
    return List.of(
        new Cell.At(intent.startedAt()),
        new Cell.Code(exchange.id()),
        new Cell.Text(intent.provider()),
        new Cell.Text(intent.operation().word()),
        new Cell.Text(verdict.category().word()),
        Cell.code(verdict.gateway().code()),
        new Cell.Text(verdict.money().word()),
        Cell.amount(handles.amountMinor(), handles.currency()),
        outcome.timings().totalNanos() > 0
            ? new Cell.Took(outcome.timings().total())
            : new Cell.Absent(),
        Cell.text(broke(outcome)),
        Cell.code(verdict.gateway().requestId()),
        Cell.text(intent.correlation().reference()));
  }

  private static Optional<String> broke(Outcome outcome) {
    return outcome
        .broken()
        .map(broken -> broken.breakage().word() + " in " + broken.phase().word());
  }

  Table codes() {
    return codes.table("codes", CODE_COLUMNS, TOP, true, "No failed call came with a code.");
  }

  Table declines() {
    return declines.table("decline_codes", CODE_COLUMNS, TOP, true, "No decline came with a code.");
  }

  Table breaks() {
    return breaks.table("breaks", BREAK_COLUMNS, TOP, true, "No call broke before its answer.");
  }

  Table unmapped() {
    return unmapped.table(
        "unmapped_codes", UNMAPPED_COLUMNS, TOP, false, "The profiles knew every code.");
  }
}
