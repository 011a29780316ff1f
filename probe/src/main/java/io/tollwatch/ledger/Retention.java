package io.tollwatch.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;

/// Forgets what is old. What is in doubt stays until that is resolved, however old it is.
final class Retention {

  private static final int STEP = 1_000;
  private static final String DELETE =
      """
      delete from exchange where id in (
        select id from exchange
        where started_at < ? and money is not null and money <> 'in_doubt'
        limit ?)
      """;

  private Retention() {}

  static long deleteOlderThan(Connections store, Instant limit) {
    long deleted = 0;
    try (Connection connection = store.open();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, limit.atOffset(ZoneOffset.UTC));
      delete.setInt(2, STEP);
      int step;
      do {
        step = delete.executeUpdate();
        deleted += step;
      } while (step == STEP);
      return deleted;
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new IOException("old exchanges can't be deleted: " + e.getMessage(), e));
    }
  }
}
