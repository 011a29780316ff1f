package io.tollwatch.proxy.admin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Reads the words of a question. Immutable, thread-safe.
///
/// @param zone in which dates and times without an offset are meant
record Words(InstantSource clock, ZoneId zone) {

  private static final int DATE_LENGTH = 10;

  /// A duration back from now (`90s`, `15m`, `24h`, `7d`), a date, a date with a time, or an
  /// instant.
  Instant time(String name, String value) throws WrongWord {
    try {
      if (value.matches("[0-9]{1,6}[smhd]")) {
        String iso = value.endsWith("d") ? "P" + value : "PT" + value;
        return clock.instant().minus(Duration.parse(iso.toUpperCase(Locale.ROOT)));
      }
      if (value.length() == DATE_LENGTH) {
        return LocalDate.parse(value).atStartOfDay(zone).toInstant();
      }
      return value.matches(".*T.*(?:Z|[+-][0-9:]+)")
          ? OffsetDateTime.parse(value).toInstant()
          : LocalDateTime.parse(value).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new WrongWord(
          name
              + " must be a duration such as 15m or 24h, a date such as 2026-11-22, or an instant"
              + " such as 2026-11-22T14:30:00Z");
    }
  }

  /// One of an enumeration's words.
  static <E extends Enum<E>> E of(Class<E> words, String name, String value) throws WrongWord {
    try {
      return Enum.valueOf(words, value.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      String known =
          Arrays.stream(words.getEnumConstants())
              .map(constant -> constant.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      throw new WrongWord(name + " must be one of: " + known);
    }
  }
}
