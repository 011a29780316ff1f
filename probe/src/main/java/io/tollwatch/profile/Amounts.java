package io.tollwatch.profile;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// How a gateway writes amounts. Immutable. Amounts are decimals on the way, never floats.
///
/// @param minorUnits whether in minor units of the currency (cents) or in major ones (yuan)
/// @param currency the currency where a message names none, as an ISO 4217 code
public record Amounts(boolean minorUnits, Optional<String> currency) {

  /// The most digits that an amount may have.
  private static final int MAX_LENGTH = 30;

  /// An amount in minor units of its currency; empty if the text is no amount, if its fraction is
  /// finer than the currency allows, or if the currency is needed and unknown.
  public OptionalLong minor(String text, Optional<String> currencyCode) {
    if (text.length() > MAX_LENGTH) {
      return OptionalLong.empty();
    }
    try {
      int digits = minorUnits ? 0 : fractionDigits(currencyCode.or(() -> currency).orElse(""));
      return OptionalLong.of(new BigDecimal(text).movePointRight(digits).longValueExact());
    } catch (ArithmeticException | IllegalArgumentException noAmount) {
      return OptionalLong.empty();
    }
  }

  private static int fractionDigits(String code) {
    return Currency.getInstance(code.toUpperCase(Locale.ROOT)).getDefaultFractionDigits();
  }
}
