package io.tollwatch.reconcile;

import java.time.Instant;
import java.util.Locale;

/// One question to a gateway about a payment. Immutable.
///
/// @param exchange as what it is recorded
public record Look(String exchange, Instant at, Result result) {

  /// What was learned.
  public enum Result {
    /// It was taken.
    SUCCEEDED,
    /// It was not taken.
    REJECTED,
    /// The gateway does not know yet.
    PENDING,
    /// The gateway does not find it: that counts only once it has been said for long enough.
    NOT_FOUND,
    /// The gateway answered, and nothing was learned.
    NOTHING,
    /// The gateway gave no answer, or refused to.
    FAILED;

    /// The word as it stands in JSON, metrics and on pages.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
