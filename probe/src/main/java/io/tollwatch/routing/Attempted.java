package io.tollwatch.routing;

import io.tollwatch.exchange.PaymentIdentity;
import java.time.Instant;

/// An attempt of a payment that is about to be made. Immutable.
public record Attempted(String exchange, String provider, PaymentIdentity identity, Instant at) {}
