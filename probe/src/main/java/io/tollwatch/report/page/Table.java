package io.tollwatch.report.page;

import java.util.List;

/// A table. Immutable.
///
/// @param name one word for machines, such as `by_category`
/// @param rows each with a cell for each column
/// @param otherwise what is said if there are no rows
public record Table(String name, List<Column> columns, List<List<Cell>> rows, String otherwise) {

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "%d cells in %d columns of %s".formatted(row.size(), columns.size(), name));
      }
    }
  }

  /// A column of a table. Immutable.
  ///
  /// @param name for machines; ends in its unit, if it has one
  /// @param title for people
  public record Column(String name, String title) {}
}
