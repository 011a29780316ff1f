package io.tollwatch.profile;

import java.time.Duration;
import java.util.Optional;

/// How a gateway recognises a repeated request. Immutable.
///
/// @param key where the key stands: a header field, or a field of the body that acts as one
/// @param lives how long the gateway surely remembers it; empty where it does not say
public record Idempotency(Optional<Place> key, Optional<Duration> lives) {}
