package io.tollwatch.report;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.Incident;
import io.tollwatch.ledger.store.Fact;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.ReportReader.Wanted;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.report.figures.TimeGrid;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Chart;
import io.tollwatch.report.page.Figure;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Sentence;
import io.tollwatch.report.page.Table;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/// One incident: what happened when, what it cost, what the provider said, what was decided.
/// Confined to one report.
final class IncidentPage {

  private final ReportRequest request;
  private final IncidentFacts facts;
  private final TimeGrid grid;
  private final Map<Series, long[]> steps = new EnumMap<>(Series.class);
  private final FailureDetails details;
  private final DecisionCounts decisions = new DecisionCounts();
  private final CheckRuns checks = new CheckRuns(CheckRuns.SHOWN);
  private final BothSides sides = new BothSides();

  private IncidentPage(ReportRequest request, IncidentFacts facts, FailureDetails details) {
    this.request = request;
    this.details = details;
    this.facts = facts;
    this.grid = TimeGrid.of(facts.around());
    Arrays.stream(Series.values()).forEach(each -> steps.put(each, new long[grid.size()]));
  }

  static Page of(ReportRequest request, Incident incident, ReportReader ledger) {
    Instant now = request.slice().window().until();
    IncidentFacts facts = IncidentFacts.of(incident, now, ledger);
    IncidentPage page = new IncidentPage(request, facts, FailureDetails.of(facts.calls(), ledger));
    page.read(ledger);
    return page.page(new Notes(ledger.oldest(), request.zone()));
  }

  private void read(ReportReader ledger) {
    ledger.facts(facts.callsAround(), this::take);
    facts.decided(ledger, decisions);
    ledger.exchanges(facts.checksAround(), Wanted.ALL, checks);
    ledger.noSuccess(facts.calls(), details);
    ledger.counts(facts.calls(), sides::call);
    ledger.counts(facts.calls().from(Origin.SYNTHETIC), sides::check);
  }

  private void take(Fact fact) {
    fact.ended().ifPresent(end -> counts(Series.of(end))[grid.index(fact.startedAt())]++);
  }

  private long[] counts(Series series) {
    return Objects.requireNonNull(steps.get(series));
  }

  private Page page(Notes notes) {
    Incident incident = facts.incident();
    return new Page(
        request.kind().word(),
        "Incident " + incident.id(),
        facts.calls().window(),
        request.zone(),
        List.of("About " + incident.scope().words()),
        conclusion(incident),
        figures(incident),
        notes.of(facts.around(), Optional.empty()),
        List.of(
            course(),
            money(incident),
            Section.of(
                "What the gateway said",
                "The codes of calls that failed, in the gateway's own words, and where calls broke.",
                details.codes(),
                details.breaks()),
            Section.of(
                "Calls that failed",
                "The newest %d at most. The provider's support finds a call by its request id."
                    .formatted(FailureDetails.NEWEST),
                details.newest()),
            checks(),
            Section.of(
                "Decisions",
                "What was decided about payments through channels: chosen and passed over, and refused because they may have been taken.",
                decisions.table())));
  }

  private Sentence conclusion(Incident incident) {
    Incident.Cost cost = incident.cost();
    return IncidentsPage.when(incident)
        .and(": ")
        .and(cost.failed())
        .and(" of ")
        .and(cost.calls())
        .and(" calls failed, ")
        .and(cost.doubts().payments())
        .and(" payments became in doubt, ")
        .and(cost.doubtsLeft().payments())
        .and(" of which still are, and ")
        .and(cost.saved().payments())
        .and(" were saved elsewhere.");
  }

  private List<Figure> figures(Incident incident) {
    Instant end = facts.calls().window().until();
    Incident.Cost cost = incident.cost();
    List<Figure> figures = new ArrayList<>();
    boolean lasts = incident.recoveredAt().isEmpty();
    figures.add(new Figure("State", new Cell.Text(lasts ? "lasts" : "over"), lasts));
    figures.add(
        new Figure("Lasted", new Cell.Age(Duration.between(incident.startedAt(), end)), false));
    figures.add(new Figure("Calls", new Cell.Count(cost.calls()), false));
    figures.add(new Figure("Failed", new Cell.Count(cost.failed()), cost.failed() > 0));
    figures.add(new Figure("Became in doubt", new Cell.Count(cost.doubts().payments()), false));
    cost.doubts()
        .minor()
        .forEach((currency, minor) ->
            figures.add(
                new Figure(
                    "At risk, " + currency.toUpperCase(Locale.ROOT),
                    new Cell.Amount(minor, currency),
                    true)));
    long left = cost.doubtsLeft().payments();
    figures.add(new Figure("Still in doubt", new Cell.Count(left), left > 0));
    figures.add(new Figure("Saved elsewhere", new Cell.Count(cost.saved().payments()), false));
    return figures;
  }

  private Section course() {
    Section section =
        Section.of(
            "Course",
            "What showed when, what breakers did and what people noted, with half an hour before and after.",
            Timeline.of(facts));
    boolean none = steps.values().stream().allMatch(counts -> Arrays.stream(counts).sum() == 0);
    return none ? section : section.with(chart());
  }

  private Chart chart() {
    return new Chart.Stacked(
        "Calls, in steps of " + Spans.words(grid.step()),
        "Columns of calls by whether they were answered, failed or are in doubt. The sums are the figures above.",
        grid,
        Arrays.stream(Series.values())
            .map(each ->
                new Chart.Series(
                    each.words,
                    Arrays.stream(counts(each))
                        .mapToObj(count -> OptionalDouble.of((double) count))
                        .toList()))
            .toList());
  }

  private static Section money(Incident incident) {
    return Section.of(
        "Money",
        IncidentMoney.LEAD,
        new Table(
            "money",
            IncidentMoney.COLUMNS,
            IncidentMoney.rows(incident),
            "No payment became in doubt, and none was saved."));
  }

  private Section checks() {
    String found =
        checks.count() == 0
            ? "None ran."
            : "%d calls of checks, %d of which failed.".formatted(checks.count(), checks.failed());
    return Section.of("Checks around it", found + sides.sentences(), checks.table());
  }

  /// What calls are drawn as. The first has the colour that alarms.
  private enum Series {
    FAILED("failed"),
    ANSWERED("answered"),
    IN_DOUBT("in doubt");

    private final String words;

    Series(String words) {
      this.words = words;
    }

    static Series of(Fact.Ended end) {
      if (end.money() == Money.IN_DOUBT) {
        return IN_DOUBT;
      }
      return Standing.isFailure(end) ? FAILED : ANSWERED;
    }
  }
}
