package io.tollwatch.ledger;

import io.tollwatch.ledger.journal.Durability;
import io.tollwatch.ledger.journal.JournalSettings;
import java.time.Duration;
import java.util.Optional;

/// How the ledger is kept, and for how long. Immutable.
///
/// @param journal how large the journal's segments are, how large it may grow, what it survives
/// @param journalAge how long what the store has taken stays in the journal
/// @param journalBytes how much of it
/// @param keeping how long the store keeps what
public record LedgerSettings(
    JournalSettings journal, Duration journalAge, long journalBytes, Keeping keeping) {

  /// How long the store keeps what. What is in doubt stays in any case. Immutable.
  ///
  /// @param age of exchanges; empty for ever
  /// @param bodiesAge of their bodies; empty for as long as the exchange
  /// @param bytes of the store; empty for no bound
  public record Keeping(
      Optional<Duration> age, Optional<Duration> bodiesAge, Optional<Long> bytes) {

    /// Everything for ever.
    public static Keeping everything() {
      return new Keeping(Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /// A journal of 4 GiB at most, 7 days and 1 GiB of what the store has taken; everything in the
  /// store.
  public static LedgerSettings defaults() {
    return new LedgerSettings(
        new JournalSettings(16 << 20, 4L << 30, Durability.PAGE_CACHE, Duration.ofSeconds(2)),
        Duration.ofDays(7),
        1L << 30,
        Keeping.everything());
  }

  /// These, with another journal.
  public LedgerSettings withJournal(JournalSettings other) {
    return new LedgerSettings(other, journalAge, journalBytes, keeping);
  }

  /// These, with another way to keep.
  public LedgerSettings withKeeping(Keeping other) {
    return new LedgerSettings(journal, journalAge, journalBytes, other);
  }
}
