package io.tollwatch.redaction;

/// Finds e-mail addresses and masks them as a whole. Linear in the text: what stands before one `@`
/// is looked at once.
final class EmailAddresses {

  private EmailAddresses() {}

  static String mask(String text) {
    StringBuilder out = null;
    int copied = 0;
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int from = at;
      while (from > copied && local(text.charAt(from - 1))) {
        from--;
      }
      int to = at + 1;
      while (to < text.length() && domain(text.charAt(to))) {
        to++;
      }
      if (from < at && text.substring(at + 1, to).indexOf('.') > 0) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(text, copied, from).append(Mask.ALL);
        copied = to;
      }
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  private static boolean local(char c) {
    return Character.isLetterOrDigit(c) || "._%+-!#$'*^~".indexOf(c) >= 0;
  }

  private static boolean domain(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }
}
