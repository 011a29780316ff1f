package io.tollwatch.routing;

import java.util.Optional;

/// Knows which provider took a payment, beyond what is in memory. Thread-safe.
@FunctionalInterface
public interface Takers {

  /// The provider that took a payment; empty if it is not known, or not known in time.
  Optional<String> taker(Named payment);

  /// How a call names the payment that it works on. Immutable.
  ///
  /// @param payment the gateway's id of it
  /// @param reference the merchant's reference
  record Named(Channel channel, Optional<String> payment, Optional<String> reference) {}

  /// Knows nothing more.
  static Takers none() {
    return _ -> Optional.empty();
  }
}
