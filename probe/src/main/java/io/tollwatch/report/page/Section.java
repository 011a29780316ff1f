package io.tollwatch.report.page;

import java.util.List;
import java.util.Optional;

/// A part of a report. Immutable.
///
/// @param lead what it shows, in a sentence or two
public record Section(String title, String lead, Optional<Chart> chart, List<Table> tables) {

  public Section {
    tables = List.copyOf(tables);
  }

  /// One without a chart.
  public static Section of(String title, String lead, Table... tables) {
    return new Section(title, lead, Optional.empty(), List.of(tables));
  }

  /// The same with a chart.
  public Section with(Chart other) {
    return new Section(title, lead, Optional.of(other), tables);
  }
}
