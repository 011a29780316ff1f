package io.tollwatch.redaction;

/// Finds values behind secret names in text of any form: `cvc=123`, `"cvc": "123"`, `\"cvc\":123`,
/// `<cvc>123</cvc>`. A parser of nothing, for texts that no parser reads; it rather takes too much.
/// Thread-safe. Linear in the text.
final class NamedValues {

  private static final int MAX_NAME = 128;
  private static final int MAX_GAP = 8;

  private final SecretNames names;

  NamedValues(SecretNames names) {
    this.names = names;
  }

  String mask(String text) {
    StringBuilder out = null;
    int copied = 0;
    for (int i = 0; i < text.length(); i++) {
      long span =
          switch (text.charAt(i)) {
            case ':', '=' -> afterName(text, i);
            case '<' -> inElement(text, i);
            default -> 0;
          };
      int from = (int) (span >>> 32);
      int to = (int) span;
      if (from < to) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(text, copied, from).append(masked(text, i, from, to));
        copied = to;
        i = to - 1;
      }
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  private String masked(String text, int marker, int from, int to) {
    boolean card = text.charAt(marker) != '<' && rule(name(text, marker)) == Rule.CARD_NUMBER;
    return card ? CardNumber.masked(text.substring(from, to)) : Mask.ALL;
  }

  /// Where the value stands whose secret name ends before this `:` or `=`.
  private long afterName(String text, int marker) {
    String name = name(text, marker);
    if (name.isEmpty() || rule(name) == Rule.OPEN) {
      return 0;
    }
    int from = marker + 1;
    while (from < text.length() && from <= marker + MAX_GAP && gap(text.charAt(from))) {
      from++;
    }
    return span(from, valueEnd(text, from));
  }

  private static int valueEnd(String text, int from) {
    if (from >= text.length()) {
      return from;
    }
    char before = text.charAt(from - 1);
    if (before == '"' || before == '\'') {
      return quotedEnd(text, from, before);
    }
    if (text.charAt(from) == '{' || text.charAt(from) == '[') {
      return text.length(); // where it ends is not certain
    }
    int end = from;
    while (end < text.length() && ",;&}\r\n<>\"'".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return Base64Values.runEnd(text, from, end); // in lines, it goes on in the next
  }

  /// A quoted value ends at the next quote with as many backslashes before it as the first has.
  private static int quotedEnd(String text, int from, char quote) {
    int depth = backslashesBefore(text, from - 1);
    for (int i = text.indexOf(quote, from); i >= 0; i = text.indexOf(quote, i + 1)) {
      if (backslashesBefore(text, i) <= depth) {
        return Math.max(from, i - depth);
      }
    }
    return text.length();
  }

  private static int backslashesBefore(String text, int i) {
    int count = 0;
    while (count < i && count < MAX_GAP && text.charAt(i - count - 1) == '\\') {
      count++;
    }
    return count;
  }

  private String name(String text, int marker) {
    int end = marker;
    while (end > 0 && end > marker - MAX_GAP && gap(text.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && start > end - MAX_NAME && nameCharacter(text.charAt(start - 1))) {
      start--;
    }
    return text.substring(start, end);
  }

  private Rule rule(String name) {
    return names.rule(FormNames.path(Percent.decode(name, false)));
  }

  /// Where the content of an element with a secret name stands, attributes and all. What an HTML
  /// `input` holds is named by another attribute: all of it goes.
  private long inElement(String text, int open) {
    int end = open + 1;
    while (end < text.length() && end < open + MAX_NAME && elementCharacter(text.charAt(end))) {
      end++;
    }
    String name = text.substring(open + 1, end);
    if (name.isEmpty()) {
      return 0;
    }
    boolean input = name.equalsIgnoreCase("input");
    Rule rule = input ? Rule.SECRET : names.rule(name);
    if (rule == Rule.OPEN || rule == Rule.NUMBER_OF_A_CARD) {
      return 0;
    }
    int close = text.indexOf(input ? ">" : "</", end);
    return span(end, close < 0 ? text.length() : close);
  }

  private static long span(int from, int to) {
    return (long) from << 32 | to;
  }

  private static boolean gap(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '"' || c == '\'' || c == '\\';
  }

  private static boolean nameCharacter(char c) {
    return Character.isLetterOrDigit(c) || "_-.[]%".indexOf(c) >= 0;
  }

  private static boolean elementCharacter(char c) {
    return Character.isLetterOrDigit(c) || "_-.:".indexOf(c) >= 0;
  }
}
