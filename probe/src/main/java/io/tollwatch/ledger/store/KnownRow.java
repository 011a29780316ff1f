package io.tollwatch.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An exchange that the store has already. Immutable.
///
/// @param ended whether its outcome is known
/// @param begun what it counted as before that was known
record KnownRow(long no, boolean ended, Instant startedAt, CallKind begun) {

  private static final String SELECT =
      """
      select id, no, progress is not null, started_at, journal, origin, provider, operation
      from exchange where no = any(?)
      """;

  /// What there is of some exchanges. Immutable.
  ///
  /// @param byId those that are there, by their ids
  /// @param taken all numbers that these exchanges may have and a row has, perhaps another's
  record Found(Map<String, KnownRow> byId, Set<Long> taken) {}

  /// What is there of these exchanges. An id that this program does not make is of none.
  static Found find(Connection connection, Collection<String> ids) throws SQLException {
    Map<String, KnownRow> byId = new HashMap<>();
    Set<Long> taken = new HashSet<>();
    Set<String> wanted = new HashSet<>(ids);
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, connection.createArrayOf("bigint", numbers(wanted).toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          taken.add(row.getLong(2));
          if (wanted.contains(row.getString(1))) {
            byId.put(row.getString(1), known(row));
          }
        }
      }
    }
    return new Found(byId, taken);
  }

  private static KnownRow known(ResultSet row) throws SQLException {
    Instant startedAt = row.getObject(4, OffsetDateTime.class).toInstant();
    return new KnownRow(
        row.getLong(2),
        row.getBoolean(3),
        startedAt,
        CallKind.begun(
            Hour.of(startedAt),
            row.getInt(5),
            row.getString(6),
            row.getString(7),
            row.getString(8)));
  }

  private static List<Long> numbers(Set<String> ids) {
    List<Long> numbers = new ArrayList<>();
    for (String id : ids) {
      try {
        long first = RowNumber.first(id);
        for (int slot = 0; slot < RowNumber.SLOTS; slot++) {
          numbers.add(first + slot);
        }
      } catch (IllegalArgumentException e) {
        // no row was ever made of it
      }
    }
    return numbers;
  }
}
