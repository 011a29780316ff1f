package io.tollwatch.ledger.journal;

/// What a kept record survives.
public enum Durability {
  /// The end of this process, however it comes; not a loss of power.
  PAGE_CACHE,
  /// A loss of power too: records are forced to the disk, many at a time.
  FSYNC
}
