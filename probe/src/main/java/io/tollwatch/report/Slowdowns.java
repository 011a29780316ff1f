package io.tollwatch.report;

import io.tollwatch.report.figures.Latencies;
import io.tollwatch.report.figures.Latency;
import io.tollwatch.report.figures.Shift;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Sentence;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which providers became slower, by more than chance. Immutable.
///
/// @param all one for each provider that had calls in both times
record Slowdowns(List<Slowdown> all) {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("provider", "Provider"),
          new Column("limit_ms", "90 % within, before"),
          new Column("slower_before", "Slower before"),
          new Column("slower_after", "Slower in this time"),
          new Column("calls_after", "of calls"),
          new Column("change", "Change"),
          new Column("by_chance", "By chance"));

  static Slowdowns of(Latencies before, Latencies now) {
    return new Slowdowns(
        before.all().stream()
            .filter(limit -> limit.phase().isEmpty())
            .filter(limit -> now.count(limit.provider()) > 0)
            .map(limit -> Slowdown.of(limit, before, now))
            .toList());
  }

  /// The one that is worst; empty if none is more than chance.
  Optional<Slowdown> worst() {
    return all.stream()
        .filter(each -> each.isSlower(all.size()))
        .max(Comparator.comparingDouble(Slowdown::points));
  }

  Section section() {
    return Section.of(
        "Compared with before",
        "How many calls took longer than 90 % of the calls of the time compared with. \"By chance\" is how likely a difference as large as this one is if nothing changed.",
        new Table(
            "slower",
            COLUMNS,
            all.stream().map(Slowdown::row).toList(),
            "There are no calls to compare with."));
  }

  /// How many calls took longer than nine of ten did before. Immutable.
  record Slowdown(Latency limit, Shift shift) {

    /// How unlikely chance must be, over all providers together.
    private static final double LEVEL = 0.05;

    private static Slowdown of(Latency limit, Latencies before, Latencies now) {
      long micros = limit.p90().toNanos() / 1_000;
      return new Slowdown(
          limit,
          new Shift(
              before.slower(limit.provider(), micros),
              limit.count(),
              now.slower(limit.provider(), micros),
              now.count(limit.provider())));
    }

    private double points() {
      return shift.shareAfter().orElse(0) - shift.shareBefore().orElse(0);
    }

    private boolean isSlower(int compared) {
      return points() > 0 && shift.byChance().orElse(1) < LEVEL / compared;
    }

    Sentence sentence() {
      return Sentence.of(limit.provider() + " became slower: ")
          .and(Cell.share(shift.shareAfter()))
          .and(" of its calls took longer than ")
          .and(new Cell.Took(limit.p90()))
          .and(", before ")
          .and(Cell.share(shift.shareBefore()));
    }

    private List<Cell> row() {
      return List.of(
          new Cell.Text(limit.provider()),
          new Cell.Took(limit.p90()),
          Cell.share(shift.shareBefore()),
          Cell.share(shift.shareAfter()),
          new Cell.Count(shift.ofAfter()),
          new Cell.Change(points()),
          Cell.chance(shift.byChance()));
    }
  }
}
