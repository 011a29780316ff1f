package io.tollwatch.ledger;

/// Whether the ledger kept what it was told. Immutable.
public sealed interface Recorded {

  /// It is kept: it survives the end of this process, and of the machine where that was asked for.
  record Kept() implements Recorded {

    private static final Kept KEPT = new Kept();
  }

  /// It is not.
  ///
  /// @param reason for people
  record NotKept(String reason) implements Recorded {}

  /// It is kept.
  static Recorded kept() {
    return Kept.KEPT;
  }
}
