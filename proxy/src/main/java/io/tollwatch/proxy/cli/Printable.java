package io.tollwatch.proxy.cli;

/// Makes text from outside harmless for terminals: control characters are shown, not obeyed. They
/// are shown as JSON writes them, so JSON stays the same JSON.
final class Printable {

  private Printable() {}

  static String of(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n' || c == '\t' || !unprintable(c)) {
            clean.appendCodePoint(c);
          } else {
            for (char unit : Character.toChars(c)) {
              clean.append("\\u%04x".formatted((int) unit));
            }
          }
        });
    return clean.toString();
  }

  /// The same on one line.
  static String line(String text) {
    return of(text).replace("\n", "\\n").replace("\t", " ");
  }

  private static boolean unprintable(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
