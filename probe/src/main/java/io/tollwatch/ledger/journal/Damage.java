package io.tollwatch.ledger.journal;

import java.nio.file.Path;
import java.util.OptionalLong;

/// A place in the journal that can't be read. Immutable.
///
/// @param file the segment's file
/// @param segment its number
/// @param from offset of the first damaged byte in the file; a frame is damaged as a whole
/// @param to offset after the last one
/// @param cause what kind of damage
/// @param recordsLost how many records were lost here, where the numbers of those around tell
/// @param reason one sentence for people
public record Damage(
    Path file,
    long segment,
    long from,
    long to,
    Cause cause,
    OptionalLong recordsLost,
    String reason) {

  /// What kind of damage it is.
  public enum Cause {
    /// The last record was not finished when its process or machine went down. The file is sound.
    TORN,
    /// Something was changed that had been written. The file should be set aside once it is read to
    /// its end: [Journal#setAside].
    CORRUPT,
    /// The file is not there.
    MISSING
  }
}
