package io.tollwatch.report.page;

import java.util.List;
import java.util.stream.IntStream;

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

  /// The same without the columns in which no row has anything: what people read need not show
  /// them.
  public Table withoutEmptyColumns() {
    List<Integer> kept =
        IntStream.range(0, columns.size())
            .filter(i -> rows.stream().anyMatch(row -> !(row.get(i) instanceof Cell.Absent)))
            .boxed()
            .toList();
    return new Table(
        name,
        kept.stream().map(columns::get).toList(),
        rows.stream().map(row -> kept.stream().map(row::get).toList()).toList(),
        otherwise);
  }

  /// A column of a table. Immutable.
  ///
  /// @param name for machines; ends in its unit, if it has one
  /// @param title for people
  public record Column(String name, String title) {}
}
