package io.tollwatch.ledger.store;

import io.tollwatch.ledger.store.Batch.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Who has fed the store, each with a small number that its rows bear, and how far they are.
final class Journals {

  private Journals() {}

  /// Keeps the feeder's position, as part of the transaction, unless it was further already.
  ///
  /// @return the feeder's number
  static int advance(Connection connection, UUID journal, Position position) throws SQLException {
    Optional<Integer> known = number(connection, journal);
    if (known.isEmpty()) {
      insert(connection, journal, position);
      return number(connection, journal).orElseThrow();
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update journal set segment = ?, byte_offset = ?
            where no = ? and (segment < ? or segment = ? and byte_offset < ?)
            """)) {
      update.setLong(1, position.segment());
      update.setLong(2, position.offset());
      update.setInt(3, known.get());
      update.setLong(4, position.segment());
      update.setLong(5, position.segment());
      update.setLong(6, position.offset());
      update.executeUpdate();
    }
    return known.get();
  }

  private static void insert(Connection connection, UUID journal, Position position)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into journal (id, segment, byte_offset) values (?, ?, ?)")) {
      insert.setObject(1, journal);
      insert.setLong(2, position.segment());
      insert.setLong(3, position.offset());
      insert.executeUpdate();
    }
  }

  private static Optional<Integer> number(Connection connection, UUID journal) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select no from journal where id = ?")) {
      select.setObject(1, journal);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }

  static Optional<Position> position(Connection connection, UUID journal) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select segment, byte_offset from journal where id = ?")) {
      select.setObject(1, journal);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Position(row.getLong(1), row.getLong(2)))
            : Optional.empty();
      }
    }
  }
}
