package io.tollwatch.exchange;

import java.time.Instant;
import java.util.Optional;

/// A breaker changed its state. Immutable.
///
/// @param reason one line for people
/// @param who who ordered it; empty if it came by itself
/// @param until when it ends by itself: of an open one the earliest time of a probe, of an order
///   its expiry
/// @param reopenings how often it opened in a row without having been closed for good
public record BreakerChange(
    Instant at,
    BreakerKey breaker,
    BreakerState from,
    BreakerState to,
    String reason,
    Optional<String> who,
    Optional<Instant> until,
    int reopenings)
    implements Entry {}
