package io.tollwatch.report.write;

import java.math.BigDecimal;
import java.time.Duration;

/// Durations in milliseconds, to the nanosecond. Stateless.
public final class Millis {

  private static final int NANO_DIGITS = 6;

  private Millis() {}

  /// As a number.
  public static BigDecimal of(long nanos) {
    BigDecimal millis = BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros();
    return millis.scale() < 0 ? millis.setScale(0) : millis;
  }

  /// As text without an exponent.
  static String text(Duration duration) {
    return of(duration.toNanos()).toPlainString();
  }
}
