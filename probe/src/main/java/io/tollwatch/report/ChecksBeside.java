package io.tollwatch.report;

import io.tollwatch.attempt.Origin;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.report.figures.Availability;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What checks found beside what calls did, by provider. Immutable.
///
/// @param sides the same, told as whose trouble it was
record ChecksBeside(Standing calls, Standing checks, BothSides sides) {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("provider", "Provider"),
          new Column("check_calls", "Calls of checks"),
          new Column("check_unavailable", "found it unavailable"),
          new Column("check_availability", "Availability, checks"),
          new Column("calls", "Calls of the service"),
          new Column("availability", "Availability, service"));

  /// Of a slice whose calls were counted; empty of one that is about checks itself.
  ///
  /// @param sides the same calls; they learn of the checks here
  static List<Section> of(Slice slice, Standing calls, BothSides sides, ReportReader ledger) {
    if (slice.origin().filter(Origin.LIVE::equals).isEmpty() || slice.channel().isPresent()) {
      return List.of();
    }
    Standing checks = new Standing();
    ledger.counts(
        slice.from(Origin.SYNTHETIC),
        count -> {
          checks.accept(count);
          sides.check(count);
        });
    return List.of(new ChecksBeside(calls, checks, sides).section());
  }

  private Section section() {
    Set<String> names = new TreeSet<>();
    checks.providers().forEach(provider -> names.add(provider.name()));
    List<List<Cell>> rows =
        names.stream()
            .map(name -> row(checks.provider(name).availability(), calls.provider(name)))
            .toList();
    return Section.of(
        "What the checks found",
        "Checks call each provider by the clock, whatever the service does. They count in no other figure of this report."
            + sides.sentences(),
        new Table("checks", COLUMNS, rows, "No check called a provider in this time."));
  }

  private static List<Cell> row(Availability checked, Standing.Provider called) {
    Availability service = called.availability();
    return List.of(
        new Cell.Text(checked.provider()),
        new Cell.Count(checked.ended()),
        new Cell.Count(checked.unavailable()),
        checked.ended() == 0 ? new Cell.Absent() : new Cell.Available(checked.share()),
        new Cell.Count(service.ended()),
        service.ended() == 0 ? new Cell.Absent() : new Cell.Available(service.share()));
  }
}
