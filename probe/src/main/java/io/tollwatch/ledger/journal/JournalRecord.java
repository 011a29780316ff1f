package io.tollwatch.ledger.journal;

/// A record as it was appended. Immutable as long as nobody writes to its payload.
public final class JournalRecord {

  private final Position position;
  private final byte kind;
  private final byte[] payload;

  JournalRecord(Position position, byte kind, byte[] payload) {
    this.position = position;
    this.kind = kind;
    this.payload = payload;
  }

  /// Where its frame begins.
  public Position position() {
    return position;
  }

  /// What it was appended as.
  public byte kind() {
    return kind;
  }

  /// Its content, not copied.
  public byte[] payload() {
    return payload;
  }
}
