package io.tollwatch.dispatch;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.GatewayFacts;
import java.time.Duration;
import java.util.Optional;

/// What a service says of a call that it made itself, past Tollwatch. Immutable; as secret as the
/// call.
///
/// @param provider where it went
/// @param key the idempotency key
/// @param facts what the request said of the payment
/// @param took how long it took in all
public record Reported(
    String provider,
    Operation operation,
    Optional<String> key,
    GatewayFacts facts,
    Duration took,
    Came came) {

  /// What came of it.
  public sealed interface Came {

    /// The gateway's answer, as it was: the profile judges it.
    record Answered(AnswerHead head, CapturedBody body) implements Came {}

    /// What the service took it for.
    record Stated(Category category) implements Came {}
  }

  /// Whether it may have moved money.
  boolean movesMoney() {
    return operation != Operation.QUERY;
  }
}
