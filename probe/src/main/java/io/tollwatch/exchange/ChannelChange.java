package io.tollwatch.exchange;

import java.time.Instant;
import java.util.Optional;

/// A provider of a channel stands differently than before: by somebody's order, because the order
/// ended, or because a canary's share changed by itself. Immutable.
///
/// @param to how it stands now; in use where an order ended
/// @param share percentage of traffic that a canary gets
/// @param reason one line for people
/// @param who who ordered it; empty if it came by itself
/// @param until when the order expires, also of one that ended before
public record ChannelChange(
    Instant at,
    String channel,
    String provider,
    MemberState to,
    int share,
    String reason,
    Optional<String> who,
    Instant until)
    implements Entry {}
