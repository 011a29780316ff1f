package io.tollwatch.ledger.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// A database that can hold the store, by how one connects to it. Thread-safe.
sealed interface Database permits H2File, PostgresServer {

  /// Connections that change nothing, to look at what is there; empty if nothing is.
  Optional<DataSource> forLooking() throws SQLException;

  /// Connections of their own, past the pool. What is missing of the database is made.
  DataSource forMigrating() throws SQLException;

  /// Has the schema's steps taken. When this process is killed in the midst of that, the next one
  /// finds the database as it was before, or as it is afterwards.
  void bringUp(Steps steps) throws SQLException;

  /// The pool that everything else uses, without its size.
  HikariConfig pool();

  /// The pool that claims of payments use, without its size; empty of a database that one process
  /// has alone.
  Optional<HikariConfig> claimPool();

  /// Has what this connection asks for rest so long after each [Pace#WORK_MILLIS] of work; 0 for
  /// never, as it is at first.
  void rest(Connection connection, int millis) throws SQLException;

  /// How many exchanges it takes best in one transaction.
  int batch();

  /// Rows on their way into a table, in the way that costs this database least.
  Rows rows(Table table, Connection connection) throws SQLException;

  /// A column with text in UTF-8, as SQL that makes text of it.
  String text(String column);

  /// Asks about how many bytes the rows of these tables take, without reading them.
  String sizeOfRows(List<String> tables);

  /// What brings a database to this program's schema.
  @FunctionalInterface
  interface Steps {
    void take(DataSource source) throws SQLException;
  }
}
