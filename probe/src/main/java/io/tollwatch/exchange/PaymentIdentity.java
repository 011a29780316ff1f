package io.tollwatch.exchange;

import java.util.Optional;

/// By what a payment is known at all providers of a channel, and after a restart: keyed
/// fingerprints of what the request says, each for the channel and the operation. Immutable.
///
/// @param channel the channel that the provider serves: its providers are one merchant's
/// @param key fingerprint of the idempotency key
/// @param reference fingerprint of the merchant's reference
public record PaymentIdentity(String channel, Optional<String> key, Optional<String> reference) {

  /// Whether nothing tells the payment from another one.
  public boolean isUnknown() {
    return key.isEmpty() && reference.isEmpty();
  }
}
