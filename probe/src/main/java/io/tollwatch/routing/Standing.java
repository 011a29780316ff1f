package io.tollwatch.routing;

import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.taxonomy.Money;
import java.time.Instant;

/// An attempt of a payment that may have been taken, or still may be. Immutable.
///
/// @param exchange its exchange
/// @param provider where it went
/// @param money in doubt while it runs, then what it came to
/// @param running whether its outcome is still to come
/// @param at when it began
public record Standing(
    String exchange,
    String provider,
    PaymentIdentity identity,
    Money money,
    boolean running,
    Instant at) {

  static Standing begun(Attempted attempted) {
    return new Standing(
        attempted.exchange(),
        attempted.provider(),
        attempted.identity(),
        Money.IN_DOUBT,
        true,
        attempted.at());
  }

  Standing ended(Money cameTo) {
    return new Standing(exchange, provider, identity, cameTo, false, at);
  }

  boolean hasKeyOf(PaymentIdentity other) {
    return identity.key().isPresent() && identity.key().equals(other.key());
  }
}
