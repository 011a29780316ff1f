package io.tollwatch.redaction;

/// UUIDs in their usual form (RFC 9562, section 4), which many libraries make for idempotency keys.
/// One in a hundred looks like base64 of something, or like a number with an exponent, by chance;
/// to take it for a secret would cost the payment its key.
final class Uuids {

  private static final int LENGTH = 36;

  private Uuids() {}

  /// Whether it is one in which no card or account number has room. Hyphens part no digits.
  static boolean isPlain(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    int digits = 0;
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      if (hyphen ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
        return false;
      }
      digits = c >= '0' && c <= '9' ? digits + 1 : hyphen ? digits : 0;
      if (digits >= CardNumber.MIN_DIGITS) {
        return false;
      }
    }
    return true;
  }
}
