package io.tollwatch.redaction;

/// Finds card numbers by content and masks them. Linear in the text.
///
/// A run of 13 to 19 digits with a valid Luhn sum is masked, a card number or not: a timestamp in
/// milliseconds is hit once in ten times. Where it takes separators to join the digits, where
/// letters touch them, or where there are only 12, it must be in a scheme's range too. A run of
/// more than 19 digits (but for leading zeros) is no card number and is not searched for one: about
/// every second trade number of 28 digits would hold one by chance, and no gateway writes digits
/// directly beside a card number.
final class CardNumbers {

  private CardNumbers() {}

  static String mask(String text) {
    if (!worthALook(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    int i = 0;
    while (i < text.length()) {
      int glyph = Glyph.at(text, i);
      if (!Glyph.digit(glyph)) {
        i += Glyph.length(glyph);
        continue;
      }
      DigitChain chain = DigitChain.at(text, i);
      copied = chain.mask(out, copied);
      i = chain.end();
    }
    return copied == 0 ? text : out.append(text, copied, text.length()).toString();
  }

  /// Whether there are digits enough, or an exponent that stands for some of them.
  private static boolean worthALook(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (digit(c) || c >= 128) {
        digits++;
        if (digits >= CardNumber.MIN_DIGITS) {
          return true;
        }
      } else if ((c == 'e' || c == 'E') && exponent(text, i)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the `e` there is followed by an exponent.
  static boolean exponent(String text, int e) {
    int next = text.startsWith("+", e + 1) ? e + 2 : e + 1;
    return e > 0 && digit(text.charAt(e - 1)) && next < text.length() && digit(text.charAt(next));
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
