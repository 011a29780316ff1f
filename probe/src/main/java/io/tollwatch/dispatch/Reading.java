package io.tollwatch.dispatch;

import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.profile.Route;
import io.tollwatch.verdict.GatewayFacts;
import java.util.Optional;

/// What a request says, before anything of it is redacted. Immutable; as secret as the request: it
/// goes no further than the call.
///
/// @param text the body's, empty if it is not at hand
/// @param key the idempotency key
/// @param identity by what the payment is known in its channel; only of calls that may move money
///   at a provider that serves one
/// @param certain whether nothing more can stand in the request by which the payment is known, and
///   nothing of what stands there had to be left out because it may be a secret
/// @param readable whether it could be read at all
record Reading(
    Route route,
    GatewayFacts facts,
    String text,
    Optional<String> key,
    Optional<PaymentIdentity> identity,
    boolean certain,
    boolean readable) {

  /// The identity, or that of a payment that nothing is known of.
  PaymentIdentity identityIn(String channel) {
    return identity.orElseGet(
        () -> new PaymentIdentity(channel, Optional.empty(), Optional.empty()));
  }
}
