package io.tollwatch.report;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.ledger.store.Fact;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.report.figures.Counts;
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
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What did not end well. Confined to one report.
final class FailurePage {

  private static final int SERIES = 5;

  private static final List<Column> GROUPS =
      List.of(
          new Column("provider", "Provider"),
          new Column("category", "Came to"),
          new Column("fault", "Whose fault"),
          new Column("calls", "Calls"),
          new Column("share_of_calls", "of its calls"));

  private static final List<Column> DECLINES =
      List.of(
          new Column("provider", "Provider"),
          new Column("payments_answered", "Payments answered"),
          new Column("declined", "Declined"),
          new Column("decline_rate", "Decline rate"));

  private final ReportRequest request;
  private final TimeGrid grid;
  private final Standing standing = new Standing();
  private final BothSides sides = new BothSides();
  private final Counts<Group> groups = new Counts<>();
  private final Map<Category, long[]> steps = new EnumMap<>(Category.class);
  private final FailureDetails details;
  private final Duplicates duplicates = new Duplicates();
  private final List<BreakerChange> changes = new ArrayList<>();

  private FailurePage(ReportRequest request, FailureDetails details) {
    this.request = request;
    this.details = details;
    this.grid = TimeGrid.of(request.slice().window());
  }

  static Page of(ReportRequest request, ReportReader ledger, Notes notes) {
    FailurePage page = new FailurePage(request, FailureDetails.of(request.slice(), ledger));
    ledger.calls(request.slice(), page::take, page.details);
    ledger.exchanges(request.slice(), ReportReader.Wanted.DUPLICATE, page.duplicates);
    ledger.breakerChanges(request.slice().window(), page::take);
    Standing before = new Standing();
    ledger.facts(request.slice().during(request.baseline()), before);
    return page.page(
        before, notes, ChecksBeside.of(request.slice(), page.standing, page.sides, ledger));
  }

  private void take(Fact fact) {
    standing.accept(fact);
    sides.call(fact);
    fact.ended()
        .filter(Standing::isFailure)
        .ifPresent(ended -> {
          groups.add(new Group(fact.provider(), ended.category(), ended.fault()));
          steps
              .computeIfAbsent(ended.category(), _ -> new long[grid.size()])[
              grid.index(fact.startedAt())]++;
        });
  }

  private void take(BreakerChange change) {
    boolean its =
        request.slice().provider().filter(it -> !it.equals(change.breaker().provider())).isEmpty();
    if (its && changes.size() < BreakerTable.SHOWN) {
      changes.add(change);
    }
  }

  private Page page(Standing before, Notes notes, List<Section> checks) {
    Standing.Provider all = standing.all();
    return new Page(
        request.kind().word(),
        "Failures at payment gateways",
        request.slice().window(),
        request.zone(),
        Scope.words(request.slice()),
        conclusion(all),
        figures(all),
        notes.of(request.slice().window(), Optional.of(request.baseline())),
        Stream.concat(sections(all, before).stream(), checks.stream()).toList());
  }

  private List<Section> sections(Standing.Provider all, Standing before) {
    return List.of(
        groups(),
        Section.of(
            "What the gateways said",
            "The codes of calls that failed, in the gateways' own words.",
            details.codes()),
        Section.of(
            "Where calls broke",
            "Calls without a complete answer, by the phase that broke.",
            details.breaks()),
        newest(all),
        declines(),
        Section.of(
            "Codes that no profile knows",
            "What is more general decided in these cases; a profile can learn them.",
            details.unmapped()),
        duplicates.section(),
        breakers(),
        new Comparison(standing, before, request.baseline(), request.zone()).section());
  }

  private Sentence conclusion(Standing.Provider all) {
    if (all.calls() == 0) {
      return Scope.NO_CALL;
    }
    if (groups.descending().isEmpty()) {
      return Sentence.of("None of ").and(all.ended()).and(" calls that ended failed.");
    }
    Map.Entry<Group, Long> most = groups.descending().getFirst();
    Group group = most.getKey();
    long inDoubt = all.availability().inDoubt();
    Sentence failed =
        Sentence.of("")
            .and(all.failed())
            .and(" of ")
            .and(all.ended())
            .and(" calls that ended failed (")
            .and(share(all.failed(), all.ended()))
            .and("), ");
    return (inDoubt > 0 ? failed.and(inDoubt).and(" of them left in doubt; ") : failed)
        .and("most often %s: ".formatted(group.provider()))
        .and(most.getValue())
        .and(" times %s, fault %s.".formatted(group.category().word(), group.fault().word()));
  }

  private List<Figure> figures(Standing.Provider all) {
    List<Figure> figures = new ArrayList<>();
    long inDoubt = all.availability().inDoubt();
    long faults = all.availability().faults();
    figures.add(new Figure("Calls", new Cell.Count(all.calls()), false));
    figures.add(new Figure("Failed", new Cell.Count(all.failed()), all.failed() > 0));
    figures.add(new Figure("of ended calls", share(all.failed(), all.ended()), false));
    figures.add(new Figure("Provider at fault", new Cell.Count(faults), faults > 0));
    figures.add(new Figure("In doubt, as judged", new Cell.Count(inDoubt), inDoubt > 0));
    figures.addAll(details.inDoubt().figures("Amount in doubt"));
    if (all.calls() > all.ended()) {
      figures.add(new Figure("Still running", new Cell.Count(all.calls() - all.ended()), false));
    }
    return figures;
  }

  private static Cell share(long some, long all) {
    return all == 0 ? new Cell.Absent() : new Cell.Share((double) some / all);
  }

  private Section groups() {
    List<List<Cell>> rows =
        groups.descending().stream()
            .map(entry -> {
              Group group = entry.getKey();
              return List.of(
                  new Cell.Text(group.provider()),
                  new Cell.Text(group.category().word()),
                  new Cell.Text(group.fault().word()),
                  new Cell.Count(entry.getValue()),
                  share(entry.getValue(), standing.provider(group.provider()).ended()));
            })
            .toList();
    Section section =
        Section.of(
            "What failed, and whose fault it was",
            "A call failed if it did not end well or is in doubt. A decline is an answer, not a failure.",
            new Table("failures", GROUPS, rows, "No call failed in this time."));
    return rows.isEmpty() ? section : section.with(chart());
  }

  /// The most frequent categories over time; what is left is one series.
  private Chart chart() {
    List<Map.Entry<Category, long[]>> most =
        steps.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<Category, long[]> entry) ->
                        Arrays.stream(entry.getValue()).sum())
                    .reversed())
            .toList();
    List<Chart.Series> series = new ArrayList<>();
    most.stream()
        .limit(SERIES)
        .forEach(entry -> series.add(series(entry.getKey().word(), entry.getValue())));
    long[] rest = new long[grid.size()];
    most.stream()
        .skip(SERIES)
        .forEach(entry -> Arrays.setAll(rest, i -> rest[i] + entry.getValue()[i]));
    if (most.size() > SERIES) {
      series.add(series("others", rest));
    }
    return new Chart.Stacked(
        "Failed calls, in steps of " + Spans.words(grid.step()),
        "Columns of calls by what they came to. The sums are in the table below.",
        grid,
        series);
  }

  private static Chart.Series series(String name, long... counts) {
    return new Chart.Series(
        name, Arrays.stream(counts).mapToObj(count -> OptionalDouble.of((double) count)).toList());
  }

  private Section breakers() {
    return Section.of(
        "What breakers did",
        changes.size() < BreakerTable.SHOWN
            ? "Of all operations of the provider, and why."
            : "The first %d changes, and why.".formatted(BreakerTable.SHOWN),
        BreakerTable.of(changes));
  }

  private Section newest(Standing.Provider all) {
    String lead =
        all.failed() > FailureDetails.NEWEST
            ? "The newest %d of %,d. For all of them take another format: csv, jsonl or har."
                .formatted(FailureDetails.NEWEST, all.failed())
            : "All of them. The provider's support finds a call by its request id.";
    return Section.of("Newest failures", lead, details.newest());
  }

  private Section declines() {
    List<List<Cell>> rows =
        standing.providers().stream()
            .filter(provider -> provider.paysAnswered() > 0)
            .map(provider ->
                List.<Cell>of(
                    new Cell.Text(provider.name()),
                    new Cell.Count(provider.paysAnswered()),
                    new Cell.Count(provider.declined()),
                    share(provider.declined(), provider.paysAnswered())))
            .toList();
    return Section.of(
        "Declines",
        "Refused by issuer, risk engine or the customer's data: answers, never held against a provider. Whether the rate shifted is in the comparison below.",
        new Table("declines", DECLINES, rows, "No payment was answered in this time."),
        details.declines());
  }

  /// What failures are counted by.
  private record Group(String provider, Category category, Fault fault)
      implements Comparable<Group> {

    private static final Comparator<Group> ORDER =
        Comparator.comparing(Group::provider)
            .thenComparing(Group::category)
            .thenComparing(Group::fault);

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }
}
