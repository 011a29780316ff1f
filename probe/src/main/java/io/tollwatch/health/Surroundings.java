package io.tollwatch.health;

import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/// What a breaker shares with others. Thread-safe parts.
///
/// @param normal how long the operation's calls usually take
/// @param jitter by what an open time is multiplied, near 1
/// @param onOverdue told of each call that has become slow while it runs; must not wait
record Surroundings(
    InstantSource time,
    Normal normal,
    CheckReports checks,
    Announcements announcements,
    DoubleSupplier jitter,
    Runnable onOverdue) {}
