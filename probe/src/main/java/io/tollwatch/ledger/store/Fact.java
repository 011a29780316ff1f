package io.tollwatch.ledger.store;

import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What reports count of one exchange. Immutable.
///
/// @param ended empty while it runs
/// @param durations none while it runs
public record Fact(
    Instant startedAt,
    String provider,
    Operation operation,
    Optional<Ended> ended,
    Durations durations) {

  /// How it ended.
  public record Ended(Category category, Fault fault, Money money, boolean slaFault) {

    /// Whether the provider was not there for the call: its fault, or nobody knows what became of
    /// the payment.
    public boolean unavailable() {
      return slaFault || money == Money.IN_DOUBT;
    }
  }

  /// Where its time went, in microseconds. Immutable.
  ///
  /// @param total empty if nobody saw its end
  /// @param phases those that happened
  public record Durations(OptionalLong total, Map<Phase, Long> phases) {

    /// Nothing is known of any.
    public static Durations none() {
      return new Durations(OptionalLong.empty(), Map.of());
    }

    /// A duration, or empty where there is none.
    ///
    /// @param phase empty for the whole attempt
    public OptionalLong micros(Optional<Phase> phase) {
      if (phase.isEmpty()) {
        return total;
      }
      Long micros = phases.get(phase.get());
      return micros == null ? OptionalLong.empty() : OptionalLong.of(micros);
    }
  }
}
