package io.tollwatch.ledger.store;

import java.sql.SQLException;

/// Rows on their way into one table, all of them in one go. Confined to one transaction.
sealed interface Rows extends AutoCloseable permits BatchedRows, ColumnRows {

  /// A new one; it counts when it is added.
  Row row();

  /// Inserts those that were added.
  ///
  /// @throws SQLException of SQLSTATE class 23 if one is there, of class 22 if one can't be held
  void write() throws SQLException;

  @Override
  void close() throws SQLException;
}
