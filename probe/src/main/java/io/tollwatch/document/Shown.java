package io.tollwatch.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/// How text from a user's file is shown in a message: short, and with nothing that could move the
/// terminal's cursor.
public final class Shown {

  private static final int MAX_LENGTH = 40;

  private Shown() {}

  /// A word in quotes.
  public static String key(String key) {
    return "'" + plain(key) + "'";
  }

  /// A place in the tree as `providers.stripe.listen.hosts[0]`.
  public static String path(JsonPointer pointer) {
    StringBuilder path = new StringBuilder();
    for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
      boolean index = rest.getMatchingIndex() >= 0;
      path.append(index || path.isEmpty() ? "" : ".")
          .append(index ? "[" + rest.getMatchingIndex() + "]" : plain(rest.getMatchingProperty()));
    }
    return path.isEmpty() ? "the file" : path.toString();
  }

  /// The nearest of some known words, where one is near enough to be what was meant.
  public static Optional<String> nearest(String word, Collection<String> known) {
    int limit = Math.max(2, word.length() / 3);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= limit)
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String plain(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(c ->
            shown.appendCodePoint(
                Character.isISOControl(c)
                        || !Character.isDefined(c)
                        || Character.getType(c) == Character.FORMAT
                    ? '?'
                    : c));
    return text.codePointCount(0, text.length()) > MAX_LENGTH ? shown + "..." : shown.toString();
  }

  /// Levenshtein's distance without regard to case; keys are short, so the plain table will do.
  private static int distance(String one, String two) {
    if (one.length() > 2 * MAX_LENGTH) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[two.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int same =
            Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(two.charAt(j - 1))
                ? 0
                : 1;
        int next = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + same);
        diagonal = row[j];
        row[j] = next;
      }
    }
    return row[two.length()];
  }
}
