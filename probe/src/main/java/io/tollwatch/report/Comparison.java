package io.tollwatch.report;

import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.report.figures.Shift;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/// Two times side by side: which shares of calls changed by more than chance. Immutable.
record Comparison(Standing now, Standing before, TimeWindow baseline, ZoneId zone) {

  /// How unlikely chance must be, over all rows together.
  private static final double LEVEL = 0.05;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssXXX", Locale.ROOT);

  private static final List<Column> COLUMNS =
      List.of(
          new Column("provider", "Provider"),
          new Column("share_of_calls", "Share of calls"),
          new Column("before", "Before"),
          new Column("calls_before", "of calls"),
          new Column("after", "In this time"),
          new Column("calls_after", "of calls"),
          new Column("change", "Change"),
          new Column("by_chance", "By chance"),
          new Column("finding", "Finding"));

  private static final List<Measure> MEASURES =
      List.of(
          new Measure("failed", Standing.Provider::failed, Standing.Provider::ended),
          new Measure(
              "provider at fault", it -> it.availability().faults(), Standing.Provider::ended),
          new Measure("in doubt", it -> it.availability().inDoubt(), Standing.Provider::ended),
          new Measure(
              "payments declined", Standing.Provider::declined, Standing.Provider::paysAnswered));

  Section section() {
    String lead =
        "Compared with %s to %s. \"By chance\" is how likely a difference as large as this one is if nothing changed (chi-square test of two proportions; Fisher's exact test where calls are few). A change counts if that is below %s divided by the number of rows, since with many rows some look unusual anyhow."
            .formatted(time(baseline.from()), time(baseline.until()), LEVEL);
    return Section.of("Compared with before", lead, table());
  }

  private Table table() {
    Set<String> names = new TreeSet<>();
    now.providers().forEach(provider -> names.add(provider.name()));
    before.providers().forEach(provider -> names.add(provider.name()));
    int all = names.size() * MEASURES.size();
    List<List<Cell>> rows = new ArrayList<>();
    for (String name : names) {
      for (Measure measure : MEASURES) {
        Shift shift = measure.shift(before.provider(name), now.provider(name));
        if (shift.ofBefore() + shift.ofAfter() > 0) {
          rows.add(row(name, measure, shift, all));
        }
      }
    }
    return new Table("comparison", COLUMNS, rows, "There are no calls to compare.");
  }

  private static List<Cell> row(String provider, Measure measure, Shift shift, int all) {
    return List.of(
        new Cell.Text(provider),
        new Cell.Text(measure.title()),
        Cell.share(shift.shareBefore()),
        new Cell.Count(shift.ofBefore()),
        Cell.share(shift.shareAfter()),
        new Cell.Count(shift.ofAfter()),
        change(shift),
        Cell.chance(shift.byChance()),
        new Cell.Text(finding(shift, all)));
  }

  private static Cell change(Shift shift) {
    return shift.ofBefore() == 0 || shift.ofAfter() == 0
        ? new Cell.Absent()
        : new Cell.Change(shift.shareAfter().getAsDouble() - shift.shareBefore().getAsDouble());
  }

  private static String finding(Shift shift, int all) {
    OptionalDouble chance = shift.byChance();
    if (chance.isEmpty()) {
      return "nothing to compare with";
    }
    if (chance.getAsDouble() >= LEVEL / all) {
      return "within chance";
    }
    return shift.shareAfter().orElse(0) > shift.shareBefore().orElse(0) ? "rose" : "fell";
  }

  private String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  /// A share of calls that is looked at.
  private record Measure(
      String title, ToLongFunction<Standing.Provider> some, ToLongFunction<Standing.Provider> of) {

    Shift shift(Standing.Provider before, Standing.Provider now) {
      return new Shift(
          some.applyAsLong(before),
          of.applyAsLong(before),
          some.applyAsLong(now),
          of.applyAsLong(now));
    }
  }
}
