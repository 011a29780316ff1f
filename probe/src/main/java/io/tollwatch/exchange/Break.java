package io.tollwatch.exchange;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.timing.Phase;

/// How an attempt broke. Immutable, redacted.
///
/// @param phase the phase that broke
/// @param detail for people
public record Break(Breakage breakage, Phase phase, String detail) {}
