package io.tollwatch.redaction;

import java.util.ArrayList;
import java.util.List;

/// Takes apart the names that forms use for nested values: `card[number]`, `items[0].card.cvc`.
final class FormNames {

  private FormNames() {}

  /// The names from the outside in, without places in lists.
  static List<String> path(String name) {
    List<String> path = new ArrayList<>(4);
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || "[].".indexOf(name.charAt(i)) >= 0) {
        if (i > start && !place(name, start, i)) {
          path.add(name.substring(start, i));
        }
        start = i + 1;
      }
    }
    return path;
  }

  private static boolean place(String name, int from, int to) {
    for (int i = from; i < to; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
