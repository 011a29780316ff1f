package io.tollwatch.health;

import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;

/// What a check found, at this sidecar or at another one. Immutable.
///
/// @param begun when its call began
/// @param took how long its call took
/// @param interval how often the check runs
public record CheckResult(
    BreakerKey breaker, Instant begun, Duration took, Verdict verdict, Duration interval) {}
