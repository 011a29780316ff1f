package io.tollwatch.redaction;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The brand that a card number's first digits say. Stateless. Of the number it gives nothing but
/// that.
public final class CardBrand {

  /// All that there are, so that they can label metrics.
  public static final List<String> ALL =
      List.of("visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay", "mir");

  private CardBrand() {}

  /// The brand of a card number, with or without spaces and hyphens; empty if the text is no such
  /// number, or of a brand that has no ranges of its own.
  public static Optional<String> of(String text) {
    String digits = text.replace(" ", "").replace("-", "");
    return digits.chars().allMatch(c -> c >= '0' && c <= '9') && CardNumber.plausible(digits)
        ? brand(Integer.parseInt(digits, 0, 4, 10))
        : Optional.empty();
  }

  /// @param four the first digits; the ranges are those of ISO/IEC 7812 that the schemes publish
  private static Optional<String> brand(int four) {
    int two = four / 100;
    return Optional.ofNullable(
        switch (two / 10) {
          case 2 ->
              four <= 2204 && four >= 2200
                  ? "mir"
                  : four >= 2221 && four <= 2720 ? "mastercard" : null;
          case 3 -> ofThree(four, two);
          case 4 -> "visa";
          case 5 -> two >= 51 && two <= 55 ? "mastercard" : null;
          case 6 -> ofSix(four, two);
          case 8 -> two == 81 ? "unionpay" : null;
          default -> null;
        });
  }

  private static @Nullable String ofThree(int four, int two) {
    if (two == 34 || two == 37) {
      return "amex";
    }
    if (two == 36 || two == 38 || (four >= 3000 && four <= 3059) || four == 3095) {
      return "diners";
    }
    return four >= 3528 && four <= 3589 ? "jcb" : null;
  }

  private static @Nullable String ofSix(int four, int two) {
    if (two == 62) {
      return "unionpay";
    }
    return four == 6011 || (four >= 6440 && four <= 6599) ? "discover" : null;
  }
}
