package io.tollwatch.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// An exchange that the store has already. Immutable.
///
/// @param ended whether its outcome is known
record KnownRow(long no, Instant startedAt, boolean ended) {

  private static final String SELECT =
      "select id, no, started_at, progress is not null from exchange where id = any(?)";

  /// Those of these exchanges that are there, by their ids.
  static Map<String, KnownRow> find(Connection connection, Collection<String> ids)
      throws SQLException {
    Map<String, KnownRow> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, connection.createArrayOf("varchar", ids.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Instant startedAt = row.getObject(3, OffsetDateTime.class).toInstant();
          found.put(row.getString(1), new KnownRow(row.getLong(2), startedAt, row.getBoolean(4)));
        }
      }
    }
    return found;
  }
}
