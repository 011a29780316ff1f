package io.tollwatch.document;

/// Text from outside with its control characters shown, not obeyed: neither a terminal nor a
/// spreadsheet nor a reader's eye is led astray by it. They are shown as JSON writes them, so JSON
/// stays the same JSON.
public final class Visible {

  private Visible() {}

  /// The text; line ends and tabs stay.
  public static String of(String text) {
    return isPlain(text) || text.codePoints().noneMatch(Visible::isHidden) ? text : shown(text);
  }

  /// The same on one line.
  public static String line(String text) {
    return isPlain(text) ? text : of(text).replace("\n", "\\n").replace("\t", " ");
  }

  /// Printable ASCII only, as nearly all is. Exports look at each character of millions of
  /// documents, so the loop must be one that compilers are good at.
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < ' ' || unit >= 0x7f) {
        return false;
      }
    }
    return true;
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
