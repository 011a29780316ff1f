package io.tollwatch.report;

import io.tollwatch.ledger.store.Fact;
import io.tollwatch.ledger.store.NoSuccess;
import io.tollwatch.report.figures.Counts;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.report.figures.TimeGrid;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Chart;
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
import java.util.function.Consumer;

/// Failed calls by what they came to and whose fault it was, and when. Confined to one report.
final class FailureGroups implements Consumer<NoSuccess> {

  private static final int SERIES = 5;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("provider", "Provider"),
          new Column("category", "Came to"),
          new Column("fault", "Whose fault"),
          new Column("calls", "Calls"),
          new Column("share_of_calls", "of its calls"));

  private final TimeGrid grid;
  private final Counts<Group> groups = new Counts<>();
  private final Map<Category, long[]> steps = new EnumMap<>(Category.class);

  FailureGroups(TimeGrid grid) {
    this.grid = grid;
  }

  /// Counts a call if it failed.
  @Override
  public void accept(NoSuccess call) {
    Fact.Ended ended = call.ended();
    if (Standing.isFailure(ended)) {
      groups.add(new Group(call.provider(), ended.category(), ended.fault()));
      steps
          .computeIfAbsent(ended.category(), _ -> new long[grid.size()])[
          grid.index(call.startedAt())]++;
    }
  }

  /// The most frequent group, in words; empty if no call failed.
  Optional<Sentence> mostOften() {
    return groups.descending().stream()
        .findFirst()
        .map(most -> {
          Group group = most.getKey();
          return Sentence.of("most often %s: ".formatted(group.provider()))
              .and(most.getValue())
              .and(" times %s, fault %s.".formatted(group.category().word(), group.fault().word()));
        });
  }

  /// @param standing all calls
  Section section(Standing standing) {
    List<List<Cell>> rows =
        groups.descending().stream()
            .map(entry -> row(entry.getKey(), entry.getValue(), standing))
            .toList();
    Section section =
        Section.of(
            "What failed, and whose fault it was",
            "A call failed if it did not end well or is in doubt. A decline is an answer, not a failure.",
            new Table("failures", COLUMNS, rows, "No call failed in this time."));
    return rows.isEmpty() ? section : section.with(chart());
  }

  private static List<Cell> row(Group group, long calls, Standing standing) {
    return List.of(
        new Cell.Text(group.provider()),
        new Cell.Text(group.category().word()),
        new Cell.Text(group.fault().word()),
        new Cell.Count(calls),
        new Cell.Share((double) calls / standing.provider(group.provider()).ended()));
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
