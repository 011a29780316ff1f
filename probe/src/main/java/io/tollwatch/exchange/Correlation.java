package io.tollwatch.exchange;

import java.util.Objects;
import java.util.Optional;

/// What joins an exchange with other records of the same work. Immutable, redacted.
///
/// @param traceparent the W3C trace context that went to the provider
/// @param requestId the caller's `X-Request-Id`
/// @param reference the merchant's own reference of the payment
/// @param idempotencyKey a keyed fingerprint of the idempotency key, never the key itself; of one
///   that looks like a secret there is none
/// @param referenceKey a keyed fingerprint of the reference; of one that had to be masked there is
///   none
/// @param card a keyed fingerprint of the card's number; only if that is switched on
/// @param handles by what the payment is found again
/// @param identity by what the payment is known across the providers of a channel; only of a
///   provider that serves one
public record Correlation(
    String traceparent,
    Optional<String> requestId,
    Optional<String> reference,
    Optional<String> idempotencyKey,
    Optional<String> referenceKey,
    Optional<String> card,
    Handles handles,
    Optional<PaymentIdentity> identity) {

  public Correlation {
    // records written before there were handles
    handles = Objects.requireNonNullElse(handles, Handles.none());
  }

  /// Nothing but a trace context.
  public static Correlation only(String traceparent) {
    return new Correlation(
        traceparent,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Handles.none(),
        Optional.empty());
  }
}
