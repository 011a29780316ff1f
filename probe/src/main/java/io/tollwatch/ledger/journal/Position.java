package io.tollwatch.ledger.journal;

import java.util.Comparator;

/// A place in the journal. Immutable; ordered as the records were written.
///
/// @param segment the number of the segment, from 1
/// @param offset bytes from the beginning of its file
public record Position(long segment, long offset) implements Comparable<Position> {

  /// Before everything that is still there.
  public static final Position BEGINNING = new Position(0, 0);

  /// After everything that will ever be there: the end for reading a journal that nobody writes.
  public static final Position UNBOUNDED = new Position(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::segment).thenComparingLong(Position::offset);

  /// The beginning of a segment's first frame.
  static Position beginningOf(long segment) {
    return new Position(segment, Format.HEADER_BYTES);
  }

  /// Whether this is later than the other.
  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  /// The later of two.
  public Position later(Position other) {
    return other.isAfter(this) ? other : this;
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
