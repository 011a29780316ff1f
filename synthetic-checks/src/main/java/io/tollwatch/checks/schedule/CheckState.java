package io.tollwatch.checks.schedule;

import java.util.Locale;

/// How a check stands.
public enum CheckState {
  /// Its last runs passed.
  UP,
  /// It is not decided: it is new, or some of its last runs failed.
  PENDING,
  /// Too many of its last runs failed.
  DOWN;

  /// The word as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The state of that word.
  public static CheckState ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
