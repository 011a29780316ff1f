package io.tollwatch.ledger;

import java.time.Instant;
import java.util.Optional;

/// How the ledger is doing. Immutable; counts are since the start of this process.
///
/// @param queued records accepted and not yet written
/// @param written records written, or known to be there already
/// @param droppedIntents intents that were not kept
/// @param droppedOutcomes outcomes that were not kept: their exchanges are in doubt after a restart
/// @param trouble what keeps the store from taking records now; empty if nothing does
/// @param lastProblem the last thing that went wrong, even if it is over; for people
public record LedgerState(
    int queued,
    long written,
    long droppedIntents,
    long droppedOutcomes,
    Optional<Trouble> trouble,
    Optional<String> lastProblem) {

  /// A trouble that goes on.
  ///
  /// @param since when it began
  /// @param reason for people
  public record Trouble(Instant since, String reason) {}

  /// How many records were not kept.
  public long dropped() {
    return droppedIntents + droppedOutcomes;
  }
}
