package io.tollwatch.exchange;

import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Call;
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
/// @param duplicateOf an earlier exchange with the same merchant reference and amount, but without
///   this one's key: the payment may have been attempted twice
/// @param routing how it came to its provider; only of a call through a channel
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
    Optional<String> repeatOf,
    Optional<String> duplicateOf,
    Optional<Routing> routing)
    implements Entry {

  /// The call, as far as what is kept tells it: what its answer is judged for, now and again later
  /// (P6).
  public Call call() {
    Handles handles = correlation.handles();
    return new Call(operation, movesMoney, handles.amountMinor(), handles.currency());
  }

  /// Whether it may be about a payment whose merchant reference nobody here has read.
  public boolean passesUnread() {
    return movesMoney
        && correlation.reference().isEmpty()
        && (body.state() == KeptBody.State.UNREAD || body.state() == KeptBody.State.CUT);
  }

  /// Whether a service made the call itself, and reported it: then there is only its word for it.
  public boolean reported() {
    return routing.isPresent()
        && routing.get().decisions().stream()
            .anyMatch(decision -> decision.kind() == Decision.Kind.REPORTED);
  }

  /// This intent, linked to the earlier exchanges that it repeats or duplicates.
  public Intent linked(Optional<String> repeated, Optional<String> duplicated) {
    return with(body, repeated, duplicated, routing);
  }

  /// This intent with another copy of its body.
  public Intent withBody(KeptBody other) {
    return with(other, repeatOf, duplicateOf, routing);
  }

  /// This intent, as a call through a channel.
  public Intent through(Routing way) {
    return with(body, repeatOf, duplicateOf, Optional.of(way));
  }

  private Intent with(
      KeptBody keptBody,
      Optional<String> repeated,
      Optional<String> duplicated,
      Optional<Routing> way) {
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
        keptBody,
        correlation,
        repeated,
        duplicated,
        way);
  }
}
