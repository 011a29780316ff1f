package io.tollwatch.checks.script;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Names that every template knows.
public enum BuiltIn {
  /// The idempotency key of the step: the same whenever the same planned run sends the same step.
  KEY(true),
  /// The merchant's reference of the run: the same for all its steps.
  REFERENCE(true),
  /// When the run was planned, in ISO 8601.
  PLANNED(true),
  /// Where the gateway's webhook for the run shall go: an address that nobody can guess, and that
  /// is there only while the run is.
  HOOK(true),
  /// When the step is sent, in ISO 8601.
  NOW(false),
  /// When the step is sent, in seconds since 1970.
  TIMESTAMP(false),
  /// Something new each time that it is sent.
  NONCE(false);

  private final boolean lasting;

  BuiltIn(boolean lasting) {
    this.lasting = lasting;
  }

  /// The name.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is the same when a step is sent again.
  public boolean lasts() {
    return lasting;
  }

  /// The one of that name.
  public static Optional<BuiltIn> ofWord(String word) {
    for (BuiltIn each : values()) {
      if (each.word().equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /// All names.
  public static Set<String> words() {
    Set<String> words = new TreeSet<>();
    for (BuiltIn each : values()) {
      words.add(each.word());
    }
    return words;
  }
}
