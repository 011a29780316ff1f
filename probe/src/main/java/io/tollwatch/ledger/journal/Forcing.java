package io.tollwatch.ledger.journal;

import java.lang.foreign.MemorySegment;

/// Brings a part of a mapped file to the disk. A seam for tests, which count forces and let them
/// fail; otherwise [MemorySegment#force].
@FunctionalInterface
interface Forcing {
  /// Returns once the part is on the disk.
  ///
  /// @throws java.io.UncheckedIOException if that fails
  void force(MemorySegment part);
}
