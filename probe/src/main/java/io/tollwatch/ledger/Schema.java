package io.tollwatch.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The version of the ledger's tables and the steps from one to the next: `schema/<version>.sql`,
/// each written so that it may run again after a kill half way.
final class Schema {

  /// The version that this program writes and reads.
  static final int VERSION = 1;

  private Schema() {}

  /// Refuses a database that a newer program has made. Changes nothing.
  static void check(Connection connection) throws SQLException {
    int version = version(connection);
    if (version > VERSION) {
      throw new SQLException(
          "the ledger has schema %d, made by a newer Tollwatch; this one knows up to %d"
              .formatted(version, VERSION));
    }
  }

  /// Brings an empty or older database to this program's version.
  static void migrate(Connection connection) throws SQLException {
    check(connection);
    for (int next = version(connection) + 1; next <= VERSION; next++) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(step(next));
      }
      try (PreparedStatement insert =
          connection.prepareStatement("insert into schema_version (version) values (?)")) {
        insert.setInt(1, next);
        insert.executeUpdate();
      }
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, "schema_version", null)) {
      if (!tables.next()) {
        return 0;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select max(version) from schema_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static String step(int version) {
    String name = "schema/%d.sql".formatted(version);
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no such step: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
