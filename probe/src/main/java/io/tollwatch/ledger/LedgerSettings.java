package io.tollwatch.ledger;

import io.tollwatch.ledger.journal.JournalSettings;
import java.time.Duration;
import java.util.Optional;

/// How the journal in front of the store is kept. Immutable.
///
/// @param journal how large its segments are, how large it may grow, what it survives
/// @param journalAge how long what the store has taken stays in it, for a rebuild of the store
/// @param journalBytes how much of that
public record LedgerSettings(JournalSettings journal, Duration journalAge, long journalBytes) {

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

  /// A journal of 4 GiB at most; of what the store has taken 7 days and 1 GiB.
  public static LedgerSettings defaults() {
    return new LedgerSettings(
        JournalSettings.defaults().withMaxBytes(4L << 30), Duration.ofDays(7), 1L << 30);
  }

  /// These, with another journal.
  public LedgerSettings withJournal(JournalSettings other) {
    return new LedgerSettings(other, journalAge, journalBytes);
  }

  /// These, keeping what the store has taken for another time and size.
  public LedgerSettings withJournalKept(Duration age, long bytes) {
    return new LedgerSettings(journal, age, bytes);
  }
}
