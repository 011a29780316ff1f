package io.tollwatch.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// A time in which a provider said that it would not be there. Immutable.
public sealed interface MaintenanceWindow {

  /// One line for people.
  String reason();

  /// Once.
  ///
  /// @param from when it begins
  /// @param to when it is over, later than that
  record Once(Instant from, Instant to, String reason) implements MaintenanceWindow {}

  /// Again and again.
  ///
  /// @param cron when it begins, in the five fields of a crontab
  /// @param lasts for how long; from 1m to 7d
  /// @param zone whose clock the fields mean
  record Recurring(String cron, Duration lasts, ZoneId zone, String reason)
      implements MaintenanceWindow {}
}
