package io.tollwatch.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as one array a column, which PostgreSQL makes rows of: a quarter less work for server and
/// driver together than a batch, whose every value is a parameter of its own.
final class ColumnRows implements Rows {

  private final Table table;
  private final Connection connection;
  private final List<List<@Nullable Object>> columns;

  private ColumnRows(Table table, Connection connection) {
    this.table = table;
    this.connection = connection;
    this.columns = table.columns().stream().map(_ -> newColumn()).toList();
  }

  static Rows into(Table table, Connection connection) {
    return new ColumnRows(table, connection);
  }

  private static List<@Nullable Object> newColumn() {
    return new ArrayList<>();
  }

  @Override
  public Row row() {
    return new Entry();
  }

  @Override
  public void write() throws SQLException {
    if (columns.getFirst().isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(table.insertColumns())) {
      for (int i = 0; i < columns.size(); i++) {
        Kind kind = table.columns().get(i).kind();
        insert.setArray(
            i + 1, connection.createArrayOf(kind.postgres(), kind.array(columns.get(i))));
      }
      insert.executeUpdate();
    }
    columns.forEach(List::clear);
  }

  /// Nothing is held between two writes.
  @Override
  public void close() {}

  /// One element of each array.
  final class Entry implements Row {

    private final @Nullable Object[] values = new @Nullable Object[columns.size()];
    private int next;

    @Override
    public Entry put(Kind kind, @Nullable Object value) {
      values[next++] = value;
      return this;
    }

    @Override
    public void add() {
      for (int i = 0; i < values.length; i++) {
        columns.get(i).add(values[i]);
      }
    }
  }
}
