package io.tollwatch.checks.scheduler;

import io.tollwatch.checks.schedule.Timetable;
import io.tollwatch.checks.script.Check;

/// A check that runs by a timetable. Thread-safe.
public record Scheduled(Check check, Timetable timetable) {

  /// A check that has a schedule.
  public static Scheduled of(Check check) {
    return new Scheduled(check, Timetable.of(check.name(), check.schedule().orElseThrow()));
  }
}
