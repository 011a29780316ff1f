package io.tollwatch.checks.schedule;

import java.time.Duration;
import java.time.ZoneId;

/// How often a check runs, as its script says. Immutable.
public sealed interface Slots {

  /// Again and again, at a distance; where in it, follows from the check's name.
  ///
  /// @param every from 5s to 7d
  record Every(Duration every) implements Slots {}

  /// At the times of a crontab.
  ///
  /// @param fields five: minute, hour, day of month, month, day of week
  /// @param zone whose clock they mean
  record Cron(String fields, ZoneId zone) implements Slots {}
}
