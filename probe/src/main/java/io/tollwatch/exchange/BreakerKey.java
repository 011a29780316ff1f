package io.tollwatch.exchange;

import io.tollwatch.taxonomy.Operation;
import java.util.Optional;

/// What one breaker is for. Immutable.
///
/// @param rail the card brand, wallet or bank, where the profile can read it; empty for all of the
///   operation
public record BreakerKey(String provider, Operation operation, Optional<String> rail) {

  /// The breaker of an operation at a provider, whatever the rail.
  public static BreakerKey of(String provider, Operation operation) {
    return new BreakerKey(provider, operation, Optional.empty());
  }

  /// As people read it: `stripe pay`, or `stripe pay visa`.
  public String shown() {
    return provider + " " + operation.word() + rail.map(each -> " " + each).orElse("");
  }
}
