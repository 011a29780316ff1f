package io.tollwatch.report.write;

import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Sentence;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Locale;
import java.util.stream.Collectors;

/// Cells as people read them. Immutable, thread-safe.
record CellText(ZoneId zone) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSXXX", Locale.ROOT);
  private static final DateTimeFormatter WHOLE_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssXXX", Locale.ROOT);

  /// From here on hundredths of a percent say nothing.
  private static final double MANY_TIMES = 10;

  private static final double ROUNDING = 1e-6;

  /// What stands for nothing.
  static final String NOTHING = "-";

  /// The sentence's text.
  String of(Sentence sentence) {
    return sentence.pieces().stream().map(this::of).collect(Collectors.joining());
  }

  /// The cell's text; text from outside is as it came.
  String of(Cell cell) {
    return switch (cell) {
      case Cell.Text(String text) -> text;
      case Cell.Code(String text) -> text;
      case Cell.Count(long number) -> String.format(Locale.ROOT, "%,d", number);
      case Cell.Share(double share) -> share(share);
      case Cell.Available(double share) -> available(share);
      case Cell.Change(double points) -> String.format(Locale.ROOT, "%+.2f points", points * 100);
      case Cell.Chance(double chance) -> chance(chance);
      case Cell.Took(Duration duration) -> took(duration);
      case Cell.Age(Duration duration) -> age(duration);
      case Cell.At(Instant time) -> time(time);
      case Cell.Amount(long minor, String currency) -> amount(minor, currency);
      case Cell.Absent() -> NOTHING;
    };
  }

  /// A time in the zone; fractions of a second only if it has some.
  String time(Instant time) {
    return (time.equals(time.truncatedTo(ChronoUnit.SECONDS)) ? WHOLE_SECOND : TIME)
        .format(time.atZone(zone));
  }

  private static String share(double share) {
    if (Double.isInfinite(share)) {
      return "more than all";
    }
    return String.format(Locale.ROOT, share < MANY_TIMES ? "%.2f %%" : "%,.0f %%", share * 100);
  }

  /// 99.953 % and 99.9 % are not the same promise, and rounding must not make one kept that was
  /// not: what double arithmetic takes away from a whole thousandth is given back first.
  private static String available(double share) {
    return String.format(Locale.ROOT, "%.3f %%", Math.floor(share * 100_000 + ROUNDING) / 1_000);
  }

  private static String chance(double chance) {
    return chance < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", chance);
  }

  private static String took(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    if (millis >= 10_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }
    if (millis >= 1_000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1_000);
    }
    return String.format(Locale.ROOT, millis >= 10 ? "%.0f ms" : "%.2f ms", millis);
  }

  private static String age(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + " d " + age.toHoursPart() + " h";
    }
    return age.toHours() > 0
        ? age.toHours() + " h " + age.toMinutesPart() + " min"
        : age.toMinutes() + " min";
  }

  /// By the currency's own number of decimals; an unknown one in minor units.
  private static String amount(long minor, String currency) {
    String code = currency.toUpperCase(Locale.ROOT);
    try {
      int decimals = Math.max(Currency.getInstance(code).getDefaultFractionDigits(), 0);
      return String.format(
          Locale.ROOT, "%,." + decimals + "f %s", BigDecimal.valueOf(minor, decimals), code);
    } catch (IllegalArgumentException e) {
      return String.format(Locale.ROOT, "%,d minor units of %s", minor, code);
    }
  }
}
