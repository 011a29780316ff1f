package io.tollwatch.ledger.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// One question to the store, whose rows come as they are read. Immutable.
///
/// @param binding binds the statement's parameters
record Question(String sql, Binding binding) {

  private static final int TIMEOUT_SECONDS = 30;
  private static final int ROWS_AT_ONCE = 1_000;

  /// All rows.
  ///
  /// @throws UncheckedIOException if the database fails, or does not answer within 30 seconds of
  ///   work
  <T> List<T> list(Store store, Row<T> row) {
    List<T> found = new ArrayList<>();
    each(store, next -> found.add(row.read(next)));
    return found;
  }

  /// Shows each row to the taker.
  ///
  /// @throws UncheckedIOException if the database fails, or does not answer within 30 seconds of
  ///   work
  void each(Store store, Taker taker) {
    eachWhile(
        store,
        row -> {
          taker.take(row);
          return true;
        });
  }

  /// Shows each row to the taker until that has enough.
  ///
  /// @throws UncheckedIOException if the database fails, or does not answer within 30 seconds of
  ///   work
  void eachWhile(Store store, Chooser chooser) {
    int rest = Pace.restMillis();
    try (Connection connection = store.connect()) {
      connection.setAutoCommit(false); // PostgreSQL hands rows on piece by piece only then
      if (rest == 0) {
        ask(connection, TIMEOUT_SECONDS, chooser);
      } else {
        store.database().rest(connection, rest);
        try {
          int seconds = TIMEOUT_SECONDS * (Pace.WORK_MILLIS + rest) / Pace.WORK_MILLIS;
          ask(connection, seconds, chooser);
        } finally {
          store.database().rest(connection, 0); // others use it, too
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  private void ask(Connection connection, int seconds, Chooser chooser) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setQueryTimeout(seconds);
      select.setFetchSize(ROWS_AT_ONCE);
      binding.bind(connection, select);
      try (ResultSet rows = select.executeQuery()) {
        boolean more = true;
        while (more && rows.next()) {
          more = chooser.wantsMoreAfter(rows);
        }
      }
    }
  }

  static UncheckedIOException unread(SQLException e) {
    return new UncheckedIOException(
        new IOException("the ledger can't be read: " + e.getMessage(), e));
  }

  /// Binds parameters.
  @FunctionalInterface
  interface Binding {
    void bind(Connection connection, PreparedStatement select) throws SQLException;
  }

  /// Makes something of a row.
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// Takes a row, and says whether it wants another one.
  @FunctionalInterface
  interface Chooser {
    boolean wantsMoreAfter(ResultSet row) throws SQLException;
  }

  /// Takes a row.
  @FunctionalInterface
  interface Taker {
    void take(ResultSet row) throws SQLException;
  }
}
