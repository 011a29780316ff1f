package io.tollwatch.report.figures;

import io.tollwatch.timing.Phase;
import java.time.Duration;
import java.util.Optional;

/// How long a phase took at a provider. Immutable. Percentiles are exact to 1 in 100.
///
/// @param phase empty for the whole attempt
/// @param count how many attempts had that phase
public record Latency(
    String provider,
    Optional<Phase> phase,
    long count,
    Duration p50,
    Duration p90,
    Duration p99,
    Duration p999,
    Duration max) {}
