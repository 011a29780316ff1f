package io.tollwatch.report;

import io.tollwatch.ledger.store.CallCount;
import io.tollwatch.ledger.store.Fact;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.report.figures.Availability;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.report.figures.TimeGrid;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Chart;
import io.tollwatch.report.page.Figure;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Sentence;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How available providers were, against a target. Confined to one report.
final class AvailabilityPage {

  private static final int WORST = 10;

  private static final List<Column> PROVIDERS =
      List.of(
          new Column("provider", "Provider"),
          new Column("calls", "Calls ended"),
          new Column("answered", "Answered"),
          new Column("provider_faults", "Its fault"),
          new Column("in_doubt", "In doubt"),
          new Column("unavailable", "Unavailable"),
          new Column("availability", "Availability"),
          new Column("target", "Target"),
          new Column("budget_calls", "Error budget, calls"),
          new Column("budget_used", "Budget used"),
          new Column("finding", "Finding"));

  private static final List<Column> TIMES =
      List.of(
          new Column("provider", "Provider"),
          new Column("from", "From"),
          new Column("calls", "Calls ended"),
          new Column("unavailable", "Unavailable"),
          new Column("availability", "Availability"));

  private final ReportRequest request;
  private final TimeGrid grid;
  private final Standing standing = new Standing();
  private final BothSides sides = new BothSides();
  private final SortedMap<String, long[][]> steps = new TreeMap<>();

  private AvailabilityPage(ReportRequest request) {
    this.request = request;
    this.grid = TimeGrid.of(request.slice().window());
  }

  static Page of(ReportRequest request, ReportReader ledger, Notes notes) {
    AvailabilityPage page = new AvailabilityPage(request);
    ledger.facts(request.slice(), page::take);
    Standing before = new Standing();
    ledger.counts(request.slice().during(request.baseline()), before);
    return page.page(
        before, notes, ChecksBeside.of(request.slice(), page.standing, page.sides, ledger));
  }

  private void take(Fact fact) {
    CallCount one = CallCount.of(fact);
    standing.accept(one);
    sides.call(one);
    fact.ended()
        .ifPresent(ended -> {
          long[][] counts = steps.computeIfAbsent(fact.provider(), _ -> new long[grid.size()][2]);
          long[] step = counts[grid.index(fact.startedAt())];
          step[0]++;
          step[1] += ended.unavailable() ? 1 : 0;
        });
  }

  private Page page(Standing before, Notes notes, List<Section> checks) {
    Standing.Provider all = standing.all();
    Availability whole = all.availability();
    List<Figure> figures =
        List.of(
            new Figure("Calls ended", new Cell.Count(all.ended()), false),
            new Figure("Unavailable", new Cell.Count(whole.unavailable()), whole.unavailable() > 0),
            new Figure("Availability", share(whole), missed(whole)),
            new Figure("Target", new Cell.Available(request.target()), false),
            new Figure("Error budget used", used(whole), missed(whole)));
    return new Page(
        request.kind().word(),
        "Availability of payment gateways",
        request.slice().window(),
        request.zone(),
        Scope.words(request.slice()),
        conclusion(),
        figures,
        notes.of(request.slice().window(), Optional.of(request.baseline())),
        Stream.concat(
                Stream.of(
                    providers(),
                    worst(),
                    new Comparison(standing, before, request.baseline(), request.zone()).section()),
                checks.stream())
            .toList());
  }

  private List<Availability> called() {
    return standing.providers().stream()
        .map(Standing.Provider::availability)
        .filter(each -> each.ended() > 0)
        .toList();
  }

  private Sentence conclusion() {
    List<Availability> all = called();
    List<Availability> missed =
        all.stream()
            .filter(this::missed)
            .sorted(Comparator.comparingDouble(Availability::share))
            .toList();
    if (all.isEmpty()) {
      return Scope.NO_CALL;
    }
    String who =
        all.size() == 1
            ? all.getFirst().provider()
            : "%d of %d providers"
                .formatted(missed.isEmpty() ? all.size() : missed.size(), all.size());
    Sentence target =
        Sentence.of(who + (missed.isEmpty() ? " kept" : " missed") + " the target of ")
            .and(new Cell.Available(request.target()));
    if (missed.isEmpty()) {
      return target.and(".");
    }
    Availability worst = missed.getFirst();
    return target
        .and(": %s was available for ".formatted(worst.provider()))
        .and(share(worst))
        .and(" of its calls; ")
        .and(worst.unavailable())
        .and(" of ")
        .and(worst.ended())
        .and(" found it unavailable.");
  }

  private Section providers() {
    List<List<Cell>> rows = called().stream().map(this::row).toList();
    Chart chart =
        new Chart.Lines(
            "Availability over time",
            "The dashed line is the target. The numbers of the worst times are in the table below.",
            grid,
            Chart.Unit.SHARE,
            OptionalDouble.of(request.target() * 100),
            steps.entrySet().stream()
                .map(entry -> new Chart.Series(entry.getKey(), shares(entry.getValue())))
                .toList());
    return Section.of(
            "Providers",
            "A call counts as unavailable if the provider was at fault or nobody knows what became of the payment. A decline is an answer and counts as available. The error budget is how many calls the target lets fail.",
            new Table("providers", PROVIDERS, rows, "No call ended in this time."))
        .with(chart);
  }

  private List<Cell> row(Availability each) {
    return List.of(
        new Cell.Text(each.provider()),
        new Cell.Count(each.ended()),
        new Cell.Count(each.answered()),
        new Cell.Count(each.faults()),
        new Cell.Count(each.inDoubt()),
        new Cell.Count(each.unavailable()),
        share(each),
        new Cell.Available(request.target()),
        new Cell.Count((long) Math.floor(each.budget(request.target()))),
        used(each),
        new Cell.Text(missed(each) ? "target missed" : "within target"));
  }

  private static List<OptionalDouble> shares(long[][] counts) {
    return Arrays.stream(counts)
        .map(step ->
            step[0] == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100 * (1 - (double) step[1] / step[0])))
        .toList();
  }

  private Section worst() {
    List<Step> all = new ArrayList<>();
    steps.forEach((provider, counts) ->
        IntStream.range(0, counts.length)
            .filter(step -> counts[step][1] > 0)
            .forEach(step -> all.add(new Step(provider, step, counts[step][0], counts[step][1]))));
    all.sort(Comparator.comparingLong(Step::unavailable).reversed());
    List<List<Cell>> rows =
        all.stream()
            .limit(WORST)
            .map(step ->
                List.<Cell>of(
                    new Cell.Text(step.provider()),
                    new Cell.At(grid.start(step.index())),
                    new Cell.Count(step.ended()),
                    new Cell.Count(step.unavailable()),
                    new Cell.Available(1 - (double) step.unavailable() / step.ended())))
            .toList();
    return Section.of(
        "Worst times",
        "The steps of %s with the most calls that found a provider unavailable."
            .formatted(Spans.words(grid.step())),
        new Table("worst_times", TIMES, rows, "No call found a provider unavailable."));
  }

  private static Cell share(Availability each) {
    return each.ended() == 0 ? new Cell.Absent() : new Cell.Available(each.share());
  }

  private Cell used(Availability each) {
    return each.ended() == 0
        ? new Cell.Absent()
        : new Cell.Share(each.budgetUsed(request.target()));
  }

  private boolean missed(Availability each) {
    return each.ended() > 0 && each.share() < request.target();
  }

  /// A provider's calls in one step of the time.
  private record Step(String provider, int index, long ended, long unavailable) {}
}
