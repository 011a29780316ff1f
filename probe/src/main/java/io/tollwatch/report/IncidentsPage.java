package io.tollwatch.report;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.report.figures.Incident;
import io.tollwatch.report.figures.Incidents;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Figure;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// When providers were unusable, what it cost and what was saved. Confined to one report.
final class IncidentsPage {

  /// How long before the time asked for an incident may have begun that reaches into it.
  private static final Duration BACK = Duration.ofDays(7);

  /// Each costs some questions to the ledger.
  private static final int SHOWN = 50;

  private static final List<Column> INCIDENTS =
      List.of(
          new Column("incident", "Incident"),
          new Column("provider", "Provider"),
          new Column("breakers", "Breakers"),
          new Column("began_at", "First sign"),
          new Column("detected_at", "Breaker opened"),
          new Column("ended_at", "All closed"),
          new Column("lasted_s", "Lasted"),
          new Column("calls", "Calls to it"),
          new Column("failed", "Failed"),
          new Column("doubts_opened", "Became in doubt"),
          new Column("doubts_left", "Still in doubt"),
          new Column("saved", "Saved elsewhere"));

  private static final List<Column> MONEY =
      List.of(
          new Column("incident", "Incident"),
          new Column("what", "Money"),
          new Column("payments", "Payments"),
          new Column("amount", "Amount"),
          new Column("without_amount", "Without a known amount"));

  private final ReportRequest request;
  private final List<IncidentCost> costs;

  private IncidentsPage(ReportRequest request, List<IncidentCost> costs) {
    this.request = request;
    this.costs = costs;
  }

  /// Those that reach into a slice, by when they began.
  static List<Incident> found(Slice slice, ReportReader ledger) {
    TimeWindow window = slice.window();
    Incidents incidents = new Incidents();
    ledger.breakerChanges(new TimeWindow(window.from().minus(BACK), window.until()), incidents);
    return incidents.found().stream()
        .filter(each -> each.ended().filter(end -> end.isBefore(window.from())).isEmpty())
        .filter(each -> slice.provider().filter(it -> !it.equals(each.provider())).isEmpty())
        .toList();
  }

  static Page of(ReportRequest request, ReportReader ledger, Notes notes) {
    List<Incident> found = found(request.slice(), ledger);
    Instant until = request.slice().window().until();
    List<IncidentCost> costs =
        found.stream()
            .skip(Math.max(0, found.size() - SHOWN))
            .map(each -> IncidentCost.of(each, until, request.slice(), ledger))
            .toList();
    return new IncidentsPage(request, costs).page(found, notes);
  }

  private Page page(List<Incident> found, Notes notes) {
    long last = found.stream().filter(each -> each.ended().isEmpty()).count();
    List<String> told =
        new ArrayList<>(notes.of(request.slice().window(), Optional.empty(), false));
    if (found.isEmpty()) {
      told.add("There is no incident in this time that meets the filters.");
    }
    long left = costs.stream().mapToLong(cost -> cost.still().count()).sum();
    return new Page(
        request.kind().word(),
        "Incidents at payment gateways",
        request.slice().window(),
        request.zone(),
        Scope.words(request.slice()),
        List.of(
            new Figure("Incidents", new Cell.Count(found.size()), !found.isEmpty()),
            new Figure("Still last", new Cell.Count(last), last > 0),
            new Figure("Still in doubt", new Cell.Count(left), left > 0),
            new Figure("Payments saved", new Cell.Count(saved()), false)),
        told,
        List.of(incidents(found), money(), course()));
  }

  private long saved() {
    return costs.stream().mapToLong(cost -> cost.moved().count()).sum();
  }

  private Section incidents(List<Incident> found) {
    String lead =
        "From the first call that found a provider unavailable, through the opening of its first breaker, until all its breakers were closed for good. What comes back within ten minutes is the same incident.";
    return Section.of(
        "Incidents",
        found.size() > SHOWN ? lead + " These are the newest " + SHOWN + "." : lead,
        new Table(
            "incidents",
            INCIDENTS,
            costs.stream().map(this::row).toList(),
            "No breaker was open in this time."));
  }

  private List<Cell> row(IncidentCost cost) {
    Incident incident = cost.incident();
    Instant end = incident.ended().orElse(request.slice().window().until());
    return List.of(
        new Cell.Code(incident.id()),
        new Cell.Text(incident.provider()),
        new Cell.Text(String.join(", ", incident.breakers())),
        new Cell.At(cost.began()),
        new Cell.At(incident.detected()),
        incident.ended().<Cell>map(Cell.At::new).orElseGet(Cell.Absent::new),
        new Cell.Age(Duration.between(cost.began(), end)),
        new Cell.Count(cost.calls()),
        new Cell.Count(cost.failed()),
        new Cell.Count(cost.opened().count()),
        new Cell.Count(cost.still().count()),
        new Cell.Count(cost.moved().count()));
  }

  private Section money() {
    List<List<Cell>> rows = new ArrayList<>();
    for (IncidentCost cost : costs) {
      String id = cost.incident().id();
      rows.addAll(rows(id, "became in doubt", cost.opened()));
      rows.addAll(rows(id, "still in doubt", cost.still()));
      rows.addAll(rows(id, "saved elsewhere", cost.moved()));
    }
    return Section.of(
        "Money",
        "In doubt: may have been taken, and nobody knew. Saved: payments that were kept from the provider and succeeded at another.",
        new Table("money", MONEY, rows, "No payment became in doubt, and none was saved."));
  }

  /// One for each currency.
  private static List<List<Cell>> rows(String incident, String what, Amounts amounts) {
    if (amounts.count() == 0) {
      return List.of();
    }
    Stream<Cell> sums =
        amounts.sums().isEmpty()
            ? Stream.of(new Cell.Absent())
            : amounts.sums().stream().map(sum -> sum);
    return sums.map(sum ->
            List.of(
                new Cell.Code(incident),
                new Cell.Text(what),
                new Cell.Count(amounts.count()),
                sum,
                new Cell.Count(amounts.unknown())))
        .toList();
  }

  private Section course() {
    List<BreakerChange> changes =
        costs.stream().flatMap(cost -> cost.incident().changes().stream()).toList();
    String lead =
        changes.size() > BreakerTable.SHOWN
            ? "What breakers did and why: the first %d of %,d changes."
                .formatted(BreakerTable.SHOWN, changes.size())
            : "What breakers did, and why.";
    return Section.of("Course", lead, BreakerTable.of(changes));
  }
}
