package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.Handles;
import io.tollwatch.verdict.Trail;
import java.time.Instant;
import java.util.Optional;

/// What an exchange that ended, but not in success, or is in doubt, says of why: so much as can be
/// had of millions without making an exchange of each. Immutable.
///
/// @param id the exchange's id
/// @param ended how it ended
/// @param code the gateway's own code
/// @param message the gateway's own message
/// @param broken how it broke; empty if it was answered, or if nobody saw its end
/// @param trail how its verdict was found, if it broke or has a code that its profile does not
///   know; else none
/// @param inDoubt what the payment is about, if it was judged to be in doubt
public record NoSuccess(
    String id,
    Instant startedAt,
    String provider,
    Fact.Ended ended,
    Optional<String> code,
    Optional<String> message,
    Optional<Break> broken,
    Trail trail,
    Optional<Handles> inDoubt) {}
