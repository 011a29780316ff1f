package io.tollwatch.exchange;

import java.util.Locale;

/// How a breaker stands.
public enum BreakerState {
  /// Calls go through.
  CLOSED,
  /// None does.
  OPEN,
  /// Only probes do, one at a time.
  HALF_OPEN,
  /// A growing share does.
  RAMPING,
  /// None does, by somebody's order.
  FORCED_OPEN,
  /// All do, by somebody's order.
  FORCED_CLOSED,
  /// All do, and what it would have done is only told.
  OBSERVE_ONLY;

  /// The word as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether somebody ordered it.
  public boolean isForced() {
    return this == FORCED_OPEN || this == FORCED_CLOSED || this == OBSERVE_ONLY;
  }
}
