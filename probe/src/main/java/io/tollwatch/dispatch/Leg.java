package io.tollwatch.dispatch;

import io.tollwatch.exchange.Intent;
import io.tollwatch.health.Permit;
import io.tollwatch.routing.Standing;
import java.util.Optional;

/// One attempt of a call that is about to be made. Immutable but for the permit, which ends with
/// it.
///
/// @param draft with an intent that says how the call came here
/// @param earlier an attempt of the same payment that stands at the same provider
record Leg(Provider provider, Scribe.Draft draft, Permit permit, Optional<Standing> earlier) {

  /// What the ledger keeps of it before it is sent: linked to the calls that it repeats or
  /// duplicates. What repeats one has that one's key, or its body, so it is no duplicate.
  Intent intent(Optional<String> repeated, Optional<String> duplicated) {
    Optional<String> repeatOf = repeated.or(() -> sameKey().map(Standing::exchange));
    return draft
        .intent()
        .linked(
            repeatOf,
            repeatOf.isPresent()
                ? Optional.empty()
                : earlier.map(Standing::exchange).or(() -> duplicated));
  }

  private Optional<Standing> sameKey() {
    return earlier.filter(standing ->
        draft
            .intent()
            .correlation()
            .identity()
            .flatMap(identity -> identity.key())
            .equals(standing.identity().key()));
  }
}
