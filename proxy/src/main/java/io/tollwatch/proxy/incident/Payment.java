package io.tollwatch.proxy.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What one customer wants to pay, and what the customer was told. Thread-safe.
final class Payment {

  private final String reference;
  private final String card;
  private final Instant begun;
  private final boolean inBadTimes;
  private volatile Told told = Told.NOTHING;
  private volatile Optional<Instant> firstWord = Optional.empty();

  /// What a customer was told at last.
  enum Told {
    /// Not yet how it ended.
    NOTHING,
    PAID,
    FAILED
  }

  /// @param reference the order, and the idempotency key
  /// @param card a published test number
  /// @param inBadTimes whether the first gateway was unwell when the customer came
  Payment(String reference, String card, Instant begun, boolean inBadTimes) {
    this.reference = reference;
    this.card = card;
    this.begun = begun;
    this.inBadTimes = inBadTimes;
  }

  /// The customer hears that it takes longer.
  void pending(Instant at) {
    if (firstWord.isEmpty()) {
      firstWord = Optional.of(at);
    }
  }

  /// The customer hears how it ended.
  void tell(Told word, Instant at) {
    pending(at);
    told = word;
  }

  String reference() {
    return reference;
  }

  String card() {
    return card;
  }

  Instant begun() {
    return begun;
  }

  boolean inBadTimes() {
    return inBadTimes;
  }

  Told told() {
    return told;
  }

  /// How long the customer waited for the first word; empty while there is none.
  Optional<Duration> waited() {
    return firstWord.map(at -> Duration.between(begun, at));
  }
}
