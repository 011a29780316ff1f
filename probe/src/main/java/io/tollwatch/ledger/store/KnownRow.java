package io.tollwatch.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// An exchange that the store has already. Immutable.
///
/// @param ended whether its outcome is known
record KnownRow(long no, boolean ended) {

  private static final String SELECT =
      "select id, no, progress is not null from exchange where id = any(?)";

  /// Those of these exchanges that are there, by their ids.
  static Map<String, KnownRow> find(Connection connection, Collection<String> ids)
      throws SQLException {
    Map<String, KnownRow> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, connection.createArrayOf("varchar", ids.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.put(row.getString(1), new KnownRow(row.getLong(2), row.getBoolean(3)));
        }
      }
    }
    return found;
  }
}
