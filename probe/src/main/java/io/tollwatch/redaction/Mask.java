package io.tollwatch.redaction;

/// What stands where something was taken out. It needs no escape in JSON, XML, a form or a target,
/// and masking it again changes nothing.
final class Mask {

  /// In place of a secret: leaves no trace, not even of its length.
  static final String ALL = "***";

  private static final String MIDDLE = "******";
  private static final int BIN_DIGITS = 6;
  private static final int LAST_DIGITS = 4;

  /// At least so many digits of a card number must be gone; a shorter number loses its BIN as well.
  private static final int GONE_DIGITS = 4;

  private Mask() {}

  /// A card number's BIN and last four.
  static String card(String digits) {
    String last = digits.substring(digits.length() - LAST_DIGITS);
    return digits.length() >= BIN_DIGITS + GONE_DIGITS + LAST_DIGITS
        ? digits.substring(0, BIN_DIGITS) + MIDDLE + last
        : MIDDLE + last;
  }

  /// What stands behind a bank account number's country.
  static String iban(String last) {
    return MIDDLE + last;
  }

  /// Whether this is what [#card] makes.
  static boolean isCard(String text) {
    int middle = text.indexOf(MIDDLE);
    return (middle == 0 || middle == BIN_DIGITS)
        && text.length() == middle + MIDDLE.length() + LAST_DIGITS
        && digits(text, 0, middle)
        && digits(text, middle + MIDDLE.length(), text.length());
  }

  private static boolean digits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
