package io.tollwatch.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How the ledger is doing. Immutable; counts are since the start of this process.
///
/// @param journal how the journal in front is doing
/// @param lag how far the store is behind it
/// @param written exchanges that the store has been fed, or had already
/// @param notKeptIntents intents that the journal could not take: their calls left no trace
/// @param notKeptOutcomes outcomes that it could not take: their exchanges are in doubt after a
///   restart
/// @param leftOut records of the journal that the store could not be fed, and never will
/// @param store what keeps the store from taking records now; empty if nothing does
/// @param lastDamage the last place of the journal that could not be read, with file and offsets
/// @param lastProblem the last thing that went wrong, even if it is over; for people
public record LedgerState(
    JournalHealth journal,
    Lag lag,
    long written,
    long notKeptIntents,
    long notKeptOutcomes,
    long leftOut,
    Optional<Trouble> store,
    Optional<String> lastDamage,
    Optional<String> lastProblem) {

  /// A trouble that goes on.
  ///
  /// @param since when it began
  /// @param reason for people
  public record Trouble(Instant since, String reason) {}

  /// How the journal is doing.
  ///
  /// @param bytes what it takes on the disk
  /// @param maxBytes what it may take
  /// @param damages damaged places that were found in it
  /// @param trouble what keeps it from growing now, or from being there at all; empty if nothing
  ///   does
  public record JournalHealth(
      long bytes, long maxBytes, int segments, long damages, Optional<Trouble> trouble) {}

  /// How far the store is behind the journal.
  ///
  /// @param bytes of the journal that the store has not been fed, about
  /// @param age how long ago the oldest of that was written, at most
  public record Lag(long bytes, Duration age) {

    /// Not at all.
    public static final Lag NONE = new Lag(0, Duration.ZERO);
  }

  /// How many records were not kept.
  public long notKept() {
    return notKeptIntents + notKeptOutcomes;
  }

  /// Whether something keeps the ledger from doing what it should, for people: empty if nothing
  /// does.
  public Optional<String> degraded() {
    return journal
        .trouble()
        .map(trouble -> "the journal is in trouble: " + trouble.reason())
        .or(() -> store.map(trouble -> "the store takes nothing: " + trouble.reason()));
  }
}
