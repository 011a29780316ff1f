package io.tollwatch.report.page;

import io.tollwatch.report.figures.TimeGrid;
import java.util.List;
import java.util.OptionalDouble;

/// A chart. Immutable.
public sealed interface Chart {

  /// What it shows, in a few words.
  String title();

  /// What it says to who can't see it.
  String says();

  /// Numbers over time, one upon the other.
  ///
  /// @param series the lowest first; each with a number for each step
  record Stacked(String title, String says, TimeGrid grid, List<Series> series) implements Chart {}

  /// Values over time.
  ///
  /// @param target a value to be compared with; empty if there is none
  record Lines(
      String title,
      String says,
      TimeGrid grid,
      Unit unit,
      OptionalDouble target,
      List<Series> series)
      implements Chart {}

  /// What lines are measured in.
  enum Unit {
    /// Hundredths of a whole.
    SHARE,
    /// Milliseconds.
    TIME
  }

  /// Bars of parts, one below the other.
  ///
  /// @param parts what they are made of
  record Parts(String title, String says, String unit, List<String> parts, List<Bar> bars)
      implements Chart {}

  /// One row of values.
  record Series(String name, List<OptionalDouble> values) {

    public Series {
      values = List.copyOf(values);
    }
  }

  /// One bar.
  ///
  /// @param values one for each part, 0 for one that it lacks
  record Bar(String name, List<Double> values) {

    public Bar {
      values = List.copyOf(values);
    }
  }
}
