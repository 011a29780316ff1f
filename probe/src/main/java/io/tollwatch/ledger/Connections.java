package io.tollwatch.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/// Where connections to the ledger's database come from. Thread-safe.
@FunctionalInterface
interface Connections {

  /// A new connection, which the caller closes.
  Connection open() throws SQLException;

  /// Looks whether this program may use the database, before anything of it is touched.
  ///
  /// @throws SQLException if it may not
  default void check() throws SQLException {}
}
