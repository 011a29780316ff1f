package io.tollwatch.proxy.config;

/// A place in a text file, both numbers from 1. Immutable.
record Place(int line, int column) implements Comparable<Place> {

  static final Place START = new Place(1, 1);

  @Override
  public int compareTo(Place other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }
}
