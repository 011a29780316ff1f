package io.tollwatch.ledger.store;

import io.tollwatch.taxonomy.Operation;
import java.util.Optional;

/// How many exchanges have the same facts. Immutable.
///
/// @param ended empty of those that run
/// @param calls 1 and up
public record CallCount(
    String provider, Operation operation, Optional<Fact.Ended> ended, long calls) {

  /// A single one.
  public static CallCount of(Fact fact) {
    return new CallCount(fact.provider(), fact.operation(), fact.ended(), 1);
  }
}
