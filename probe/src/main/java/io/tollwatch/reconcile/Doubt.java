package io.tollwatch.reconcile;

import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A payment of which it is not known whether it was taken. Immutable, redacted.
///
/// @param exchange the exchange's id
/// @param since when its request began
/// @param money `in_doubt`, or `pending` where the gateway said that the result comes later
/// @param amountMinor the amount asked, in minor units of the currency
/// @param reference the merchant's own
/// @param payment the gateway's id of it
/// @param how the ways to settle it
/// @param looks how often the gateway was asked
/// @param lastLook the last of these
/// @param nextLook when it is asked next at the earliest
public record Doubt(
    String exchange,
    Instant since,
    String provider,
    Operation operation,
    Money money,
    OptionalLong amountMinor,
    Optional<String> currency,
    Optional<String> reference,
    Optional<String> payment,
    Ways how,
    int looks,
    Optional<Look> lastLook,
    Optional<Instant> nextLook) {}
