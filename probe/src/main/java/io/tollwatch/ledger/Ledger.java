package io.tollwatch.ledger;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;

/// Where exchanges are recorded: the intent before the first byte leaves, the outcome after the
/// last one (P2). Thread-safe. Neither call waits for a database, and neither fails because of one
/// (P4): what could not be kept is said, and counted by the implementation.
public interface Ledger {

  /// Records what is about to be sent.
  Recorded intent(Intent intent);

  /// Records what came of it. Called at most once for each intent that was kept.
  Recorded outcome(Outcome outcome);

  /// Records what a doubt came to.
  Recorded resolution(Resolution resolution);

  /// Records that a breaker changed its state.
  Recorded breaker(BreakerChange change);
}
