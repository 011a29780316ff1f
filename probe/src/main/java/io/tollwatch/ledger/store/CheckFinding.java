package io.tollwatch.ledger.store;

import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;

/// What a check's step found at a provider, as sidecars tell one another. Immutable.
///
/// @param begun when its call began
/// @param took how long its call took
/// @param interval how often the check runs
public record CheckFinding(
    BreakerKey breaker, Instant begun, Duration took, Verdict verdict, Duration interval) {}
