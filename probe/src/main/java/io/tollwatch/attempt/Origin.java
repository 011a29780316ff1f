package io.tollwatch.attempt;

import java.util.Locale;

/// Who wanted the attempt.
public enum Origin {
  /// A payment service.
  LIVE,
  /// A check.
  SYNTHETIC,
  /// The reconciler, looking a payment in doubt up.
  RECONCILE;

  /// The word of the design, as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
