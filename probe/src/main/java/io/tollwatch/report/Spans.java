package io.tollwatch.report;

import java.time.Duration;

/// Lengths of time in words. Stateless.
final class Spans {

  private Spans() {}

  /// The length in its largest whole unit: `5 minutes`.
  static String words(Duration length) {
    if (length.toSeconds() % 86_400 == 0) {
      return words(length.toDays(), "day");
    }
    if (length.toSeconds() % 3_600 == 0) {
      return words(length.toHours(), "hour");
    }
    return length.toSeconds() % 60 == 0
        ? words(length.toMinutes(), "minute")
        : words(length.toSeconds(), "second");
  }

  private static String words(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
