package io.tollwatch.report;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.store.NoSuccess;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.ReportReader.Wanted;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import io.tollwatch.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What only the documents of exchanges without success tell: codes, breaks, the newest with what
/// their provider's support asks for. Confined to one report.
final class FailureDetails implements Consumer<NoSuccess> {

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

  private final List<Exchange> newest;
  private final Latest codes = new Latest();
  private final Latest declines = new Latest();
  private final Latest breaks = new Latest();
  private final Latest unmapped = new Latest();
  private final Amounts inDoubt = new Amounts();

  private FailureDetails(List<Exchange> newest) {
    this.newest = newest;
  }

  /// Of a slice of the ledger; it is still to be told why its calls did not succeed.
  static FailureDetails of(Slice slice, ReportReader ledger) {
    return new FailureDetails(ledger.newest(slice, Wanted.TROUBLE, NEWEST));
  }

  @Override
  public void accept(NoSuccess call) {
    call.inDoubt().ifPresent(inDoubt::add);
    if (Standing.isFailure(call.ended())) {
      addCode(codes, call);
      call.broken()
          .ifPresent(broken ->
              breaks.add(
                  call.id(),
                  broken.detail(),
                  call.provider(),
                  broken.breakage().word(),
                  broken.phase().word()));
    } else if (Standing.isDecline(call.ended().category())) {
      addCode(declines, call);
    }
    call.trail()
        .unmapped()
        .ifPresent(code ->
            unmapped.add(
                call.id(), "", call.provider(), call.trail().unmappedAt().orElse("-"), code));
  }

  private static void addCode(Latest to, NoSuccess call) {
    call.code()
        .ifPresent(code ->
            to.add(
                call.id(),
                call.message().orElse(""),
                call.provider(),
                code,
                call.ended().category().word()));
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
