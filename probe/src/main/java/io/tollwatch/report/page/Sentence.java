package io.tollwatch.report.page;

import java.util.List;
import java.util.stream.Stream;

/// A sentence with facts in it, which each format writes as it writes those of tables. Immutable.
///
/// @param pieces what it is made of, blanks included
public record Sentence(List<Cell> pieces) {

  public Sentence {
    pieces = List.copyOf(pieces);
  }

  /// One that begins with these words.
  public static Sentence of(String words) {
    return new Sentence(List.of(new Cell.Text(words)));
  }

  /// The same and a fact more.
  public Sentence and(Cell fact) {
    return new Sentence(Stream.concat(pieces.stream(), Stream.of(fact)).toList());
  }

  /// The same and some words more.
  public Sentence and(String words) {
    return and(new Cell.Text(words));
  }

  /// The same and another one.
  public Sentence and(Sentence more) {
    return new Sentence(Stream.concat(pieces.stream(), more.pieces().stream()).toList());
  }

  /// The same and a number of things more.
  public Sentence and(long number) {
    return and(new Cell.Count(number));
  }
}
