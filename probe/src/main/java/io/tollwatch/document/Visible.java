package io.tollwatch.document;

/// Text from outside with its control characters shown, not obeyed: neither a terminal nor a
/// spreadsheet nor a reader's eye is led astray by it. They are shown as JSON writes them, so JSON
/// stays the same JSON.
public final class Visible {

  private Visible() {}

  /// The text; line ends and tabs stay.
  public static String of(String text) {
    return hasHidden(text) ? shown(text) : text;
  }

  /// Exports look at each character of millions of documents: a stream took ten times as long.
  private static boolean hasHidden(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if ((unit < ' ' || unit >= 0x7f) && isHidden(text.codePointAt(i))) {
        return true;
      }
      i += Character.isHighSurrogate(unit) ? 1 : 0;
    }
    return false;
  }

  /// The same on one line.
  public static String line(String text) {
    return of(text).replace("\n", "\\n").replace("\t", " ");
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (isHidden(c)) {
            for (char unit : Character.toChars(c)) {
              shown.append("\\u%04x".formatted((int) unit));
            }
          } else {
            shown.appendCodePoint(c);
          }
        });
    return shown.toString();
  }

  private static boolean isHidden(int c) {
    if ((c >= ' ' && c < 0x7f) || c == '\n' || c == '\t') {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
