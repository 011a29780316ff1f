package io.tollwatch.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Forgets what is old. What is in doubt stays until that is resolved, however old it is.
final class Retention {

  private static final int STEP = 1_000;
  private static final String SELECT =
      """
      select id from exchange
      where started_at < ? and money is not null and money <> 'in_doubt'
      limit ?
      """;

  private Retention() {}

  static long deleteOlderThan(Connections store, Instant limit) {
    long deleted = 0;
    try (Connection connection = store.open()) {
      connection.setAutoCommit(false);
      for (List<String> old = find(connection, limit);
          !old.isEmpty();
          old = find(connection, limit)) {
        delete(connection, old);
        deleted += old.size();
      }
      return deleted;
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new IOException("old exchanges can't be deleted: " + e.getMessage(), e));
    }
  }

  private static List<String> find(Connection connection, Instant limit) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, limit.atOffset(ZoneOffset.UTC));
      select.setInt(2, STEP);
      try (ResultSet row = select.executeQuery()) {
        List<String> ids = new ArrayList<>();
        while (row.next()) {
          ids.add(row.getString(1));
        }
        return ids;
      }
    }
  }

  private static void delete(Connection connection, List<String> ids) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from exchange where id = ?")) {
      for (String id : ids) {
        delete.setString(1, id);
        delete.addBatch();
      }
      delete.executeBatch();
      connection.commit();
    }
  }
}
