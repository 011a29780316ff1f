package io.tollwatch.dispatch;

import io.tollwatch.attempt.Fields;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// W3C trace context, level 1: what the caller sent goes on untouched; where it sent none, one is
/// made, not sampled, so that both sides' logs can be joined. Thread-safe if its randomness is.
final class TraceParents {

  static final String FIELD = "traceparent";

  private final RandomGenerator random;

  TraceParents(RandomGenerator random) {
    this.random = random;
  }

  /// The trace context of a call as it is kept: the caller's, redacted, or one that was made.
  String of(Fields fields, UnaryOperator<String> redaction) {
    return fields.first(FIELD).map(redaction).orElseGet(this::make);
  }

  /// A new one. Random digits may look like a card number, but it goes to the provider as it is
  /// kept, so it is not redacted.
  String make() {
    HexFormat hex = HexFormat.of();
    // the highest bit of each part is set: an id of zeros is invalid
    return "00-"
        + hex.toHexDigits(random.nextLong() | Long.MIN_VALUE)
        + hex.toHexDigits(random.nextLong())
        + "-"
        + hex.toHexDigits(random.nextLong() | Long.MIN_VALUE)
        + "-00";
  }
}
