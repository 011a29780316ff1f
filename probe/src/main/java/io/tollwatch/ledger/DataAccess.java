package io.tollwatch.ledger;

/// Who may read the data folder.
public enum DataAccess {
  /// Its owner only; a folder that others can read is refused.
  OWNER_ONLY,
  /// Whoever its permissions let in. The files in it are their owner's only all the same.
  ANY
}
