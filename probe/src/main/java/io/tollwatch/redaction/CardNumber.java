package io.tollwatch.redaction;

/// What makes digits a card number: 12 to 19 of them (ISO/IEC 7812-1), a valid Luhn sum, a number
/// range of a scheme.
final class CardNumber {

  static final int MIN_DIGITS = 12;
  static final int MAX_DIGITS = 19;

  private CardNumber() {}

  /// The mask of a value that its name says is a card number: BIN and last four where it is a
  /// plausible one, else nothing.
  static String masked(String value) {
    if (Mask.isCard(value)) {
      return value;
    }
    StringBuilder digits = new StringBuilder(MAX_DIGITS);
    int i = 0;
    while (i < value.length()) {
      int glyph = Glyph.at(value, i);
      if (Glyph.digit(glyph) && digits.length() < MAX_DIGITS) {
        digits.append((char) ('0' + Glyph.kind(glyph)));
      } else if (!Glyph.separator(glyph)) {
        return Mask.ALL;
      }
      i += Glyph.length(glyph);
    }
    String number = digits.toString();
    return plausible(number) ? Mask.card(number) : Mask.ALL;
  }

  /// Whether such digits may be a card number.
  static boolean plausible(String digits) {
    return digits.length() >= MIN_DIGITS
        && digits.length() <= MAX_DIGITS
        && luhn(digits)
        && (digits.length() > MIN_DIGITS || inSchemeRange(digits));
  }

  /// Whether a scheme issues numbers that begin like this and are that long. Ranges are taken wide:
  /// a scheme's next range should not need a release.
  static boolean inSchemeRange(String digits) {
    int length = digits.length();
    int four = Integer.parseInt(digits, 0, 4, 10);
    return switch (digits.charAt(0)) {
      case '1' -> four == 1800 && length == 15; // JCB, old
      case '2' -> (four >= 2200 && four <= 2720 && length >= 16) || (four == 2131 && length == 15);
      case '3' -> length >= 14 && four < 4000 && (four < 3100 || four >= 3400);
      case '4' -> length >= 13;
      case '5', '6' -> true;
      case '8' -> four < 8300 && length >= 16; // UnionPay, RuPay
      case '9' -> four == 9792 && length >= 16; // Troy
      default -> false;
    };
  }

  static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      boolean doubled = (digits.length() - i) % 2 == 0;
      sum += addend(digits.charAt(i) - '0', doubled);
    }
    return sum % 10 == 0;
  }

  static int addend(int digit, boolean doubled) {
    int twice = 2 * digit;
    return !doubled ? digit : twice > 9 ? twice - 9 : twice;
  }
}
