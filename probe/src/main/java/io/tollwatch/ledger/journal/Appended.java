package io.tollwatch.ledger.journal;

/// What became of a record. Immutable.
public sealed interface Appended {

  /// It is kept, as safely as was asked for.
  ///
  /// @param position where its frame begins; a reader whose position is after this has passed it
  record Kept(Position position) implements Appended {}

  /// It is kept and survives the end of this process, but that it would survive a loss of power, as
  /// was asked for, is not known.
  ///
  /// @param position where its frame begins
  /// @param reason one sentence for people
  record KeptUnforced(Position position, String reason) implements Appended {}

  /// It is not kept.
  ///
  /// @param reason one sentence for people
  record NotKept(String reason) implements Appended {}
}
