package io.tollwatch.exchange;

import java.util.Optional;
import java.util.OptionalLong;

/// By what a payment is found again at its gateway, besides the merchant's reference, as far as it
/// may be kept. Immutable, redacted.
///
/// @param payment the gateway's id of the payment that the request names
/// @param amountMinor the amount in minor units of the currency
/// @param currency three letters
/// @param rail the card brand, wallet or bank, in lower case, where the profile can read it
public record Handles(
    Optional<String> payment,
    OptionalLong amountMinor,
    Optional<String> currency,
    Optional<String> rail,
    Resolve resolve) {

  private static final Handles NONE =
      new Handles(
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          Resolve.BY_LOOKUP);

  /// How a doubt about the payment can be settled.
  public enum Resolve {
    /// With the handles that the request has.
    BY_LOOKUP,
    /// By people: a handle had to be masked, because it looks like a secret.
    BY_HAND
  }

  /// Of a request that has none.
  public static Handles none() {
    return NONE;
  }
}
