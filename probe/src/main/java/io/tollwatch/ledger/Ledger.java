package io.tollwatch.ledger;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;

/// Where exchanges are recorded: the intent before the first byte leaves, the outcome after the
/// last one (P2). Thread-safe. Neither call waits for a database, and neither fails because of one
/// (P4): what could not be kept is counted by the implementation.
public interface Ledger {

  /// Records what is about to be sent.
  void intent(Intent intent);

  /// Records what came of it. Called exactly once for each intent.
  void outcome(Outcome outcome);
}
