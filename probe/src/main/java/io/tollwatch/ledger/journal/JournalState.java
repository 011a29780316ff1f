package io.tollwatch.ledger.journal;

import java.time.Instant;
import java.util.Optional;

/// How the journal is doing. Immutable; counts are since it was opened.
///
/// @param segments how many segments there are, without those prepared ahead
/// @param bytes what the folder takes on the disk, with those prepared ahead, without those set
///   aside
/// @param appended records kept
/// @param unforced records among them that were to be forced to the disk and were not in time
/// @param notKept records not kept
/// @param damages damaged places found by readers
/// @param trouble what keeps the journal from growing or from forcing now; empty if nothing does.
///   Records may still be kept: until the current segment ends
public record JournalState(
    int segments,
    long bytes,
    long appended,
    long unforced,
    long notKept,
    long damages,
    Optional<Trouble> trouble) {

  /// A trouble that goes on.
  ///
  /// @param since when it began
  /// @param reason one sentence for people
  public record Trouble(Instant since, String reason) {}
}
