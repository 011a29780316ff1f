package io.tollwatch.ledger.store;

import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.Optional;

/// A payment that was judged to be in doubt. Immutable.
///
/// @param resolvedAt when it was known what became of it; empty while it is not
public record PastDoubt(
    String provider, Operation operation, Instant startedAt, Optional<Instant> resolvedAt) {}
