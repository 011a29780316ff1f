package io.tollwatch.profile;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// How a gateway writes amounts. Immutable. Amounts are decimals on the way, never floats.
///
/// @param minorUnits whether in minor units of the currency (cents) or in major ones (yuan)
/// @param currency the currency where a message names none, as an ISO 4217 code
/// @param exponents the digits of the gateway's own minor units, by currency, where they are not
///   those of ISO 4217
public record Amounts(
    boolean minorUnits, Optional<String> currency, Map<String, Integer> exponents) {

  /// The most digits that an amount may have.
  private static final int MAX_LENGTH = 30;

  public Amounts {
    exponents = Map.copyOf(exponents);
  }

  /// Amounts with the digits of ISO 4217.
  public Amounts(boolean minorUnits, Optional<String> currency) {
    this(minorUnits, currency, Map.of());
  }

  /// An amount in minor units of its currency; empty if the text is no amount, if its fraction is
  /// finer than the currency allows, or if the currency is needed and unknown.
  public OptionalLong minor(String text, Optional<String> currencyCode) {
    if (text.length() > MAX_LENGTH) {
      return OptionalLong.empty();
    }
    try {
      int shift = shift(currencyCode.or(() -> currency).orElse("").toUpperCase(Locale.ROOT));
      return OptionalLong.of(new BigDecimal(text).movePointRight(shift).longValueExact());
    } catch (ArithmeticException | IllegalArgumentException noAmount) {
      return OptionalLong.empty();
    }
  }

  private int shift(String code) {
    if (!minorUnits) {
      return digits(code);
    }
    Integer own = exponents.get(code);
    return own == null ? 0 : digits(code) - own;
  }

  private static int digits(String code) {
    return Currency.getInstance(code).getDefaultFractionDigits();
  }
}
