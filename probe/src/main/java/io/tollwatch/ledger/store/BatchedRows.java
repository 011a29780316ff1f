package io.tollwatch.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Rows as a batch of one statement, as any database takes them.
final class BatchedRows implements Rows {

  private final PreparedStatement statement;

  private BatchedRows(PreparedStatement statement) {
    this.statement = statement;
  }

  static Rows into(Table table, Connection connection) throws SQLException {
    return new BatchedRows(connection.prepareStatement(table.insert()));
  }

  @Override
  public Row row() {
    return new Binder(statement);
  }

  @Override
  public void write() throws SQLException {
    statement.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
