package io.tollwatch.ledger.store;

import java.time.Instant;

/// That somebody has paused a check. Immutable.
///
/// @param name the check's
/// @param who who did
/// @param reason one line for people
public record CheckPause(String name, String who, String reason, Instant at) {}
