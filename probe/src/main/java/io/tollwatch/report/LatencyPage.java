package io.tollwatch.report;

import io.tollwatch.ledger.store.Fact;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.report.figures.Latencies;
import io.tollwatch.report.figures.Latency;
import io.tollwatch.report.figures.LatencyCourse;
import io.tollwatch.report.figures.TimeGrid;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Chart;
import io.tollwatch.report.page.Figure;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Sentence;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import io.tollwatch.timing.Phase;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// Where the time of calls went. Confined to one report.
final class LatencyPage {

  private static final double NANOS_OF_MILLI = 1e6;

  private static final List<Column> PHASES =
      List.of(
          new Column("provider", "Provider"),
          new Column("phase", "Phase"),
          new Column("calls", "Calls"),
          new Column("p50_ms", "Half within"),
          new Column("p90_ms", "90 % within"),
          new Column("p99_ms", "99 % within"),
          new Column("p999_ms", "99.9 % within"),
          new Column("max_ms", "Longest"));

  private final ReportRequest request;
  private final TimeGrid grid;
  private final Latencies latencies = new Latencies();
  private final LatencyCourse course;
  private long calls;

  private LatencyPage(ReportRequest request) {
    this.request = request;
    this.grid = TimeGrid.of(request.slice().window());
    this.course = new LatencyCourse(grid);
  }

  static Page of(ReportRequest request, ReportReader ledger, Notes notes) {
    Latencies before = new Latencies();
    ledger.facts(request.slice().during(request.baseline()), before);
    LatencyPage page = new LatencyPage(request);
    ledger.facts(request.slice(), page::take);
    return page.page(before, notes);
  }

  private void take(Fact fact) {
    calls++;
    latencies.accept(fact);
    course.accept(fact);
  }

  private Page page(Latencies before, Notes notes) {
    List<Latency> all = latencies.all();
    Slowdowns slowdowns = Slowdowns.of(before, latencies);
    return new Page(
        request.kind().word(),
        "Latency of payment gateways",
        request.slice().window(),
        request.zone(),
        Scope.words(request.slice()),
        conclusion(all, slowdowns),
        figures(all),
        notes.of(request.slice().window(), Optional.of(request.baseline())),
        List.of(phases(all), overTime(), slowdowns.section()));
  }

  private List<Figure> figures(List<Latency> all) {
    List<Figure> slowest =
        whole(all).stream()
            .max(Comparator.comparing(Latency::p99))
            .map(each ->
                List.of(
                    new Figure("Slowest provider (99 %)", new Cell.Text(each.provider()), false),
                    new Figure("99 % of its calls within", new Cell.Took(each.p99()), false)))
            .orElse(List.of());
    List<Figure> first = List.of(new Figure("Calls", new Cell.Count(calls), false));
    return Stream.concat(first.stream(), slowest.stream()).toList();
  }

  private static List<Latency> whole(List<Latency> all) {
    return all.stream().filter(each -> each.phase().isEmpty()).toList();
  }

  private Section phases(List<Latency> all) {
    List<List<Cell>> rows =
        all.stream()
            .map(each ->
                List.<Cell>of(
                    new Cell.Text(each.provider()),
                    new Cell.Text(each.phase().map(Phase::word).orElse("whole attempt")),
                    new Cell.Count(each.count()),
                    new Cell.Took(each.p50()),
                    new Cell.Took(each.p90()),
                    new Cell.Took(each.p99()),
                    new Cell.Took(each.p999()),
                    new Cell.Took(each.max())))
            .toList();
    return Section.of(
            "Phases",
            "Exact to 1 in 100. A call on a reused connection has no dns, connect or tls; only calls that had a phase count in it. wait is from the last byte sent to the first byte of the answer; client is time spent waiting for our own service.",
            new Table("phases", PHASES, rows, "No call ended in this time."))
        .with(medians(all));
  }

  private static Chart medians(List<Latency> all) {
    List<Latency> whole = whole(all);
    List<Phase> shown =
        Arrays.stream(Phase.values())
            .filter(phase -> whole.stream().anyMatch(each -> median(all, each, phase) > 0))
            .toList();
    List<Chart.Bar> bars =
        whole.stream()
            .map(each ->
                new Chart.Bar(
                    each.provider(),
                    shown.stream().map(phase -> median(all, each, phase)).toList()))
            .toList();
    return new Chart.Parts(
        "A typical call: the median of each phase that at least half of the calls had",
        "The numbers are in the table below.",
        "ms",
        shown.stream().map(Phase::word).toList(),
        bars);
  }

  /// A phase that fewer than half of the calls had is no part of the one in the middle.
  private static double median(List<Latency> all, Latency whole, Phase phase) {
    return all.stream()
        .filter(each -> each.provider().equals(whole.provider()))
        .filter(each -> each.phase().equals(Optional.of(phase)))
        .filter(each -> 2 * each.count() >= whole.count())
        .findFirst()
        .map(each -> millis(each.p50()))
        .orElse(0.0);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / NANOS_OF_MILLI;
  }

  private Section overTime() {
    List<Chart.Series> series =
        List.of(
            new Chart.Series("half within", course.millis(50)),
            new Chart.Series("90 % within", course.millis(90)),
            new Chart.Series("99 % within", course.millis(99)));
    return Section.of(
            "Over time",
            "Whole attempts of all providers, in steps of %s.".formatted(Spans.words(grid.step())))
        .with(
            new Chart.Lines(
                "Whole attempts; each line across is ten times the one below",
                "Three lines: within which time half, 90 % and 99 % of the calls ended.",
                grid,
                Chart.Unit.TIME,
                OptionalDouble.empty(),
                series));
  }

  private static Sentence conclusion(List<Latency> all, Slowdowns slowdowns) {
    Optional<Latency> slowest = whole(all).stream().max(Comparator.comparing(Latency::p99));
    if (slowest.isEmpty()) {
      return Scope.NO_CALL;
    }
    Sentence took =
        Sentence.of(
                "99 %% of the calls to %s, the slowest, ended within "
                    .formatted(slowest.get().provider()))
            .and(new Cell.Took(slowest.get().p99()));
    if (slowdowns.all().isEmpty()) {
      return took.and("; the time before has no calls to compare them with.");
    }
    return slowdowns
        .worst()
        .map(Slowdowns.Slowdown::sentence)
        .orElse(Sentence.of("No provider became slower by more than chance"))
        .and("; ")
        .and(took)
        .and(".");
  }
}
