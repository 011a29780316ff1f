package io.tollwatch.exchange;

import java.util.Optional;

/// What joins an exchange with other records of the same work. Immutable, redacted.
///
/// @param traceparent the W3C trace context that went to the provider
/// @param requestId the caller's `X-Request-Id`
/// @param reference the merchant's own reference of the payment
/// @param idempotencyKey a keyed fingerprint of the idempotency key, never the key itself
public record Correlation(
    String traceparent,
    Optional<String> requestId,
    Optional<String> reference,
    Optional<String> idempotencyKey) {}
