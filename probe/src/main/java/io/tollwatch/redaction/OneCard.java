package io.tollwatch.redaction;

import java.util.Optional;

/// Finds the card that a request is about, for a keyed fingerprint of it. Stateless. The number
/// that it gives is a secret: it goes into the fingerprint and nowhere else.
///
/// Strict where redaction is wide, since a security code behind a number must never get into the
/// fingerprint: only a number of its scheme's own length, without digits beside it, written in one
/// piece or in the groups of a card; and of several different ones none.
public final class OneCard {

  private OneCard() {}

  /// The one card number in a text; empty if there is none, or more than one.
  public static Optional<String> in(String text) {
    String found = "";
    for (int i = 0; i < text.length(); ) {
      int glyph = Glyph.at(text, i);
      if (!Glyph.digit(glyph)) {
        i += Glyph.length(glyph);
        continue;
      }
      DigitChain chain = DigitChain.at(text, i);
      String number = chain.wholeNumber();
      if (issued(number)) {
        if (!found.isEmpty() && !found.equals(number)) {
          return Optional.empty();
        }
        found = number;
      }
      i = chain.end();
    }
    return Optional.of(found).filter(number -> !number.isEmpty());
  }

  private static boolean issued(String digits) {
    return digits.length() > CardNumber.MIN_DIGITS
        && CardNumber.luhn(digits)
        && CardNumber.inSchemeRange(digits)
        && ofItsLength(digits);
  }

  /// Visa, Mastercard and American Express have one length in practice: what is longer is a number
  /// with something behind it.
  private static boolean ofItsLength(String digits) {
    int two = Integer.parseInt(digits, 0, 2, 10);
    return switch (digits.charAt(0)) {
      case '2' -> digits.length() == 16;
      case '3' -> digits.length() <= (two == 34 || two == 37 ? 15 : 16);
      case '4' -> digits.length() == 16 || digits.length() == 13;
      case '5' -> two == 50 || two > 55 || digits.length() == 16;
      default -> true;
    };
  }
}
