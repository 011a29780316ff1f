package io.tollwatch.report.write;

import io.tollwatch.report.figures.RoundLength;
import io.tollwatch.report.figures.TimeGrid;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Round times of a zone by which a time axis is read: full hours count from midnight there, also
/// on days that have 23 or 25 of them. Stateless.
final class TimeTicks {

  private static final int MOST = 9;

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);
  private static final DateTimeFormatter LONG_AGO =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ROOT);

  private TimeTicks() {}

  /// A time and how it is shown.
  record Tick(Instant at, String label) {}

  /// Those within a grid, oldest first.
  static List<Tick> of(TimeGrid grid, ZoneId zone) {
    Instant until = grid.start(grid.size());
    Duration length = Duration.between(grid.from(), until);
    Duration every =
        RoundLength.of(length, MOST).orElse(Duration.ofDays(length.toDays() / MOST + 1));
    long days = Math.max(1, every.toDays());
    LocalDate first = grid.from().atZone(zone).toLocalDate();
    List<Tick> ticks = new ArrayList<>();
    for (LocalDate day = first.minusDays(first.toEpochDay() % days);
        day.atStartOfDay(zone).toInstant().isBefore(until);
        day = day.plusDays(days)) {
      ofDay(day, every, zone).stream()
          .filter(tick -> !tick.at().isBefore(grid.from()) && tick.at().isBefore(until))
          .forEach(ticks::add);
    }
    return ticks;
  }

  private static List<Tick> ofDay(LocalDate day, Duration every, ZoneId zone) {
    Instant midnight = day.atStartOfDay(zone).toInstant();
    if (every.toDays() > 0) {
      DateTimeFormatter format = every.toDays() > 30 ? LONG_AGO : DAY;
      return List.of(new Tick(midnight, format.format(day)));
    }
    DateTimeFormatter format = every.toSeconds() < 60 ? SECOND : MINUTE;
    List<Tick> ticks = new ArrayList<>();
    ticks.add(new Tick(midnight, DAY.format(day)));
    Instant next = day.plusDays(1).atStartOfDay(zone).toInstant();
    for (Instant at = midnight.plus(every); at.isBefore(next); at = at.plus(every)) {
      ticks.add(new Tick(at, format.format(at.atZone(zone))));
    }
    return ticks;
  }
}
