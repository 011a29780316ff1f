package io.tollwatch.document;

/// A place in a text file, both numbers from 1. Immutable.
public record Position(int line, int column) implements Comparable<Position> {

  /// Where a file begins.
  public static final Position START = new Position(1, 1);

  @Override
  public int compareTo(Position other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }
}
