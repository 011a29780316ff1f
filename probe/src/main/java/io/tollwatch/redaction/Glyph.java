package io.tollwatch.redaction;

/// One character as a card number may show it: a digit of any script, or what people and encodings
/// put between digits; plain, percent-encoded (`%34`, `%2534`), as an escape (backslash, `u`, four
/// hex digits) or an XML character reference (`&#52;`). Packed into an `int`, since every character
/// of every text is read as one.
final class Glyph {

  /// Kinds 0 to 9 are the digits.
  static final int SEPARATOR = 10;

  static final int OTHER = 11;

  private static final int MAX_ESCAPE = 8;

  private Glyph() {}

  static int at(String text, int i) {
    char c = text.charAt(i);
    if (c >= '0' && c <= '9') {
      return pack(c - '0', 1);
    }
    return switch (c) {
      case '%' -> percent(text, i);
      case '\\' -> escape(text, i);
      case '&' -> reference(text, i);
      default -> {
        int point = c < 128 ? c : text.codePointAt(i);
        yield pack(kindOf(point), Character.charCount(point));
      }
    };
  }

  static boolean digit(int glyph) {
    return kind(glyph) < SEPARATOR;
  }

  static boolean separator(int glyph) {
    return kind(glyph) == SEPARATOR;
  }

  static int kind(int glyph) {
    return glyph >> 8;
  }

  static int length(int glyph) {
    return glyph & 0xff;
  }

  private static int kindOf(int point) {
    if (point < 128) {
      return switch (point) {
        case ' ', '\t', '-', '.', '+', '_' -> SEPARATOR;
        default -> point >= '0' && point <= '9' ? point - '0' : OTHER;
      };
    }
    int digit = Character.digit(point, 10);
    if (digit >= 0) {
      return digit;
    }
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR, Character.DASH_PUNCTUATION, Character.FORMAT -> SEPARATOR;
      default -> point == 0x2212 ? SEPARATOR : OTHER; // the minus sign
    };
  }

  private static int percent(String text, int i) {
    int j = i + 1;
    while (j < i + MAX_ESCAPE && text.startsWith("25", j) && hex(text, j + 2, 2) >= 0) {
      j += 2;
    }
    int octet = hex(text, j, 2);
    return octet < 0xc2 ? coded(octet, j + 2 - i) : several(text, i, octet);
  }

  /// A character of two or three bytes in UTF-8.
  private static int several(String text, int i, int lead) {
    int bytes = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 0;
    int point = bytes == 2 ? lead & 0x1f : lead & 0x0f;
    for (int k = 1; k < bytes; k++) {
      int octet = text.startsWith("%", i + 3 * k) ? hex(text, i + 3 * k + 1, 2) : -1;
      if ((octet & 0xc0) != 0x80 || octet < 0) {
        return pack(OTHER, 1);
      }
      point = point << 6 | (octet & 0x3f);
    }
    return bytes == 0 ? pack(OTHER, 1) : coded(point, 3 * bytes);
  }

  private static int escape(String text, int i) {
    int j = i + 1;
    while (j < i + MAX_ESCAPE && j < text.length() && text.charAt(j) == '\\') {
      j++;
    }
    return text.startsWith("u", j) ? coded(hex(text, j + 1, 4), j + 5 - i) : pack(OTHER, 1);
  }

  private static int reference(String text, int i) {
    int end = text.startsWith("&#", i) ? text.indexOf(';', i, Math.min(i + 10, text.length())) : -1;
    if (end < 0) {
      return pack(OTHER, 1);
    }
    boolean hex = text.startsWith("x", i + 2) || text.startsWith("X", i + 2);
    int point = number(text, i + (hex ? 3 : 2), end, hex ? 16 : 10);
    return coded(point, end + 1 - i);
  }

  /// What an escape stands for; anything but a digit or a separator is left to be read as it is.
  private static int coded(int point, int length) {
    int kind = Character.isValidCodePoint(point) ? kindOf(point) : OTHER;
    return kind == OTHER ? pack(OTHER, 1) : pack(kind, length);
  }

  private static int hex(String text, int from, int digits) {
    return from + digits <= text.length() ? number(text, from, from + digits, 16) : -1;
  }

  private static int number(String text, int from, int to, int radix) {
    int value = from < to ? 0 : -1;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static int pack(int kind, int length) {
    return kind << 8 | length;
  }
}
