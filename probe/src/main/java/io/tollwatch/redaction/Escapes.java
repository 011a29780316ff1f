package io.tollwatch.redaction;

/// Undoes escapes in a text that no parser reads: those of JSON (backslash, `u`, four hex digits;
/// backslash, slash) and of XML (`&#52;`), where they stand for ASCII that needs none. Stateless.
/// Linear in the text.
final class Escapes {

  private static final int MAX_REFERENCE = 10;

  private Escapes() {}

  static String undone(String text) {
    StringBuilder out = null;
    int copied = 0;
    for (int i = 0; i + 1 < text.length(); i++) {
      int length =
          switch (text.charAt(i)) {
            case '\\' -> json(text, i);
            case '&' -> xml(text, i);
            default -> 0;
          };
      if (length > 0) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(text, copied, i).append((char) (length >> 8));
        copied = i + (length & 0xff);
        i = copied - 1;
      }
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  /// The character, and in the last byte how long its escape is; 0 if there is none.
  private static int json(String text, int i) {
    if (text.charAt(i + 1) == '/') {
      return '/' << 8 | 2;
    }
    return text.charAt(i + 1) == 'u' ? plain(number(text, i + 2, i + 6, 16), 6) : 0;
  }

  private static int xml(String text, int i) {
    int end =
        text.startsWith("&#", i)
            ? text.indexOf(';', i, Math.min(i + MAX_REFERENCE, text.length()))
            : -1;
    if (end < 0) {
      return 0;
    }
    boolean hex = text.startsWith("x", i + 2) || text.startsWith("X", i + 2);
    return plain(number(text, i + (hex ? 3 : 2), end, hex ? 16 : 10), end + 1 - i);
  }

  private static int plain(int c, int length) {
    boolean needsNone = (c >= '+' && c <= 'z' && c != '\\' && c != '<' && c != '>') || c == ' ';
    return needsNone ? c << 8 | length : 0;
  }

  private static int number(String text, int from, int to, int radix) {
    int value = from < to && to <= text.length() ? 0 : -1;
    for (int i = from; value >= 0 && i < to; i++) {
      int digit = Character.digit(text.charAt(i), radix);
      value = digit < 0 ? -1 : value * radix + digit;
    }
    return value;
  }
}
