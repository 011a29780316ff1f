package io.tollwatch.checks.run;

import io.tollwatch.checks.script.Check;
import java.util.Optional;
import java.util.Set;

/// What may be taken in a day (UTC). Immutable.
///
/// @param at the providers at which it counts, together
record Allowance(Check.Cap cap, Set<String> at) {

  Allowance {
    at = Set.copyOf(at);
  }

  /// Why one more is more than that.
  ///
  /// @param count with that one
  /// @param amountMinor as well
  Optional<String> over(long count, long amountMinor) {
    if (count > cap.count()) {
      return Optional.of("the daily cap of " + cap.count() + " is reached");
    }
    return amountMinor > cap.amountMinor()
        ? Optional.of("the daily cap of " + cap.amountMinor() + " in minor units is reached")
        : Optional.empty();
  }
}
