package io.tollwatch.reconcile;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A payment that was taken twice, one of the two while it was in doubt: one is to be refunded, by
/// people. Immutable.
///
/// @param first the exchange that took it first
/// @param second the exchange that took it again
/// @param amountMinor the amount asked, in minor units of the currency
/// @param foundAt when that was found
public record DoubleCharge(
    String first,
    String firstProvider,
    String second,
    String secondProvider,
    OptionalLong amountMinor,
    Optional<String> currency,
    Optional<String> reference,
    Instant foundAt) {}
