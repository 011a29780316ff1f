package io.tollwatch.taxonomy;

import java.util.Locale;

/// Whose fault it is.
public enum Fault {
  /// Nobody's: it went well, or goes on.
  NONE,
  /// The gateway's own.
  PROVIDER,
  /// The way between us and the gateway.
  NETWORK,
  /// The customer's bank or the card network.
  ISSUER,
  /// The customer's: data, balance, consent.
  CUSTOMER,
  /// Our keys, permissions, certificates or account set-up.
  MERCHANT_CONFIG,
  /// Our request can't be accepted as it is.
  MERCHANT_REQUEST,
  /// Too much at once.
  RATE_LIMIT,
  /// A risk engine refused it.
  FRAUD,
  /// Not known.
  UNKNOWN;

  /// The word of the design, as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The value of that word.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Fault ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
