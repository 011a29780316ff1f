package io.tollwatch.routing;

import io.tollwatch.exchange.MemberState;
import java.time.Instant;
import java.util.Optional;

/// How a provider stands in its channel now. Immutable.
///
/// @param share percentage of traffic that a canary gets; else 100, or 0 of one that is drained
/// @param since when it came to stand so; empty if it is so by configuration
/// @param reason why, one line for people; empty if it is simply in use
/// @param who who ordered it; empty if it came by itself
/// @param until when the order expires
/// @param maintenance the maintenance that is on now, with its end
public record MemberStanding(
    String provider,
    MemberState state,
    int share,
    Optional<Instant> since,
    String reason,
    Optional<String> who,
    Optional<Instant> until,
    Optional<String> maintenance) {}
