package io.tollwatch.redaction;

/// Takes the last word off a text that was cut, and digits before it: half a card number or half a
/// key does not look like one any more.
final class CutEnd {

  private CutEnd() {}

  static String without(String text) {
    int end = text.endsWith("\r") ? text.length() - 1 : text.length();
    while (end > 0 && inWord(text, end - 1)) {
      end--;
    }
    while (end > 0 && digitOrSeparator(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, base64Start(text, end));
  }

  /// Base64 in lines is one word, and all of its lines go.
  private static int base64Start(String text, int end) {
    int start = end;
    int from = Base64Values.lineBefore(text, start);
    while (from < start) {
      start = from;
      from = Base64Values.lineBefore(text, start);
    }
    return start;
  }

  private static boolean inWord(String text, int i) {
    char c = text.charAt(i);
    return Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || c == '\uFFFD'
        || "_-.+/=%~\\#;^$".indexOf(c) >= 0
        || (c == '&' && text.startsWith("#", i + 1));
  }

  private static boolean digitOrSeparator(char c) {
    return Character.isDigit(c) || "-.+_".indexOf(c) >= 0 || Character.isSpaceChar(c);
  }
}
