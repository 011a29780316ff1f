package io.tollwatch.exchange;

import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.Optional;

/// What is about to be sent: kept before the first byte leaves (P2). Immutable, redacted.
///
/// @param id the exchange's id, sortable by time
/// @param startedAt when the caller's request had arrived
/// @param provider the provider's name
/// @param profile the profile's name
/// @param movesMoney whether this call may move money
/// @param target path and query, redacted
/// @param fields the allow-listed request fields
/// @param repeatOf the earlier exchange that this one repeats, by key or by body
public record Intent(
    String id,
    Instant startedAt,
    Origin origin,
    String provider,
    String profile,
    Operation operation,
    boolean movesMoney,
    String method,
    String target,
    Fields fields,
    KeptBody body,
    Correlation correlation,
    Optional<String> repeatOf) {

  /// This intent, linked to the earlier exchange that it repeats.
  public Intent repeating(Optional<String> earlier) {
    return new Intent(
        id,
        startedAt,
        origin,
        provider,
        profile,
        operation,
        movesMoney,
        method,
        target,
        fields,
        body,
        correlation,
        earlier);
  }
}
