package io.tollwatch.dispatch;

import io.tollwatch.attempt.Fields;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// W3C trace context, level 1: what the caller sent goes on untouched; where it sent none, one is
/// made, not sampled, so that both sides' logs can be joined. Thread-safe if its randomness is.
final class TraceParents {

  static final String FIELD = "traceparent";

  private final RandomGenerator random;

  TraceParents(RandomGenerator random) {
    this.random = random;
  }

  String of(Fields fields) {
    return fields.first(FIELD).orElseGet(this::make);
  }

  private String make() {
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
