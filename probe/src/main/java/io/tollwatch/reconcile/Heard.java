package io.tollwatch.reconcile;

import java.util.List;
import java.util.Locale;

/// What came of a relayed webhook. Immutable.
///
/// @param exchange as what it is kept
/// @param settled the exchanges whose doubt it settled
/// @param reason one line for people
public record Heard(String exchange, Trust trust, List<String> settled, String reason) {

  public Heard {
    settled = List.copyOf(settled);
  }

  /// Whether it is the gateway's.
  public enum Trust {
    /// Its signature is right.
    SIGNED,
    /// Its signature is wrong, too old, or missing.
    UNSIGNED,
    /// There is no secret to check it with, or the profile does not know how.
    UNCHECKED;

    /// The word as it stands in JSON, metrics and on pages.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
