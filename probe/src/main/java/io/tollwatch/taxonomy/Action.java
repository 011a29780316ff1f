package io.tollwatch.taxonomy;

import java.util.Locale;

/// What the caller should do next.
public enum Action {
  /// Nothing.
  NONE,
  /// The same again, to the same provider, with the same key.
  RETRY_SAME,
  /// Another provider may be tried, where the gate allows it.
  FAIL_OVER,
  /// Later, slower.
  BACK_OFF,
  /// Mend keys, permissions or certificates: page us.
  FIX_CONFIG,
  /// Mend the request.
  FIX_REQUEST,
  /// The customer must act or choose another way to pay.
  TELL_CUSTOMER,
  /// Ask the provider what became of it.
  RECONCILE;

  /// The word of the design, as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The value of that word.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Action ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
