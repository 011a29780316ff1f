package io.tollwatch.ledger.store;

import java.util.List;
import java.util.stream.Collectors;

/// A table that rows are inserted into in batches: its name, and its columns in the order in which
/// a [Row] gets their values.
record Table(String name, List<Column> columns) {

  record Column(String name, Kind kind) {}

  static Column column(String name, Kind kind) {
    return new Column(name, kind);
  }

  /// Inserts one row.
  String insert() {
    return "insert into %s (%s) values (?%s)"
        .formatted(name, names(), ", ?".repeat(columns.size() - 1));
  }

  /// Inserts as many rows as its arrays have elements, one array a column, as PostgreSQL can.
  String insertColumns() {
    return "insert into %s (%s) select * from unnest(%s)"
        .formatted(
            name,
            names(),
            columns.stream()
                .map(column -> "?::" + column.kind().postgres() + "[]")
                .collect(Collectors.joining(", ")));
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }
}
