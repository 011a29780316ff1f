package io.tollwatch.ledger.store;

import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.taxonomy.Money;
import java.time.Instant;

/// An attempt of a payment that may have taken the money, as all sidecars see it. Immutable.
///
/// @param provider where it went
/// @param money in doubt until it is known what it came to
/// @param at when it began
public record Claim(
    String exchange, String provider, PaymentIdentity identity, Money money, Instant at) {}
