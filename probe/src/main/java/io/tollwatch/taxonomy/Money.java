package io.tollwatch.taxonomy;

import java.util.Locale;

/// What a call means for the money. What a query says about a payment is evidence, not its own
/// money: such a call has `none`.
public enum Money {
  /// The call can't move money.
  NONE,
  /// It can't have reached the provider.
  NOT_SENT,
  /// The provider did not take it.
  REJECTED,
  /// It may have been taken and we don't know. Stays so until proven.
  IN_DOUBT,
  /// Accepted; the result comes later.
  PENDING,
  /// Taken.
  SUCCEEDED;

  /// The word of the design, as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The value of that word.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Money ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
