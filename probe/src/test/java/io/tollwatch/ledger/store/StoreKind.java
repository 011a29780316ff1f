package io.tollwatch.ledger.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The databases that the store must do the same on. A PostgreSQL server is started for all tests
/// at once and ends with the process; each place is a database of its own in it.
enum StoreKind {
  H2 {
    @Override
    Place place(Path folder) {
      return new Place(H2File.in(folder), () -> Store.embedded(folder));
    }
  },
  POSTGRES {
    @Override
    Place place(Path folder) {
      String name = "ledger_" + NEXT.incrementAndGet();
      try (Connection connection = server().getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      PostgresUrl url = url(server().getPort(), name);
      return new Place(new PostgresServer(url, LOGIN), () -> Store.postgres(url, LOGIN));
    }
  };

  static final Optional<Credentials> LOGIN = Optional.of(new Credentials("postgres", "postgres"));

  private static final AtomicInteger NEXT = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  abstract Place place(Path folder);

  static PostgresUrl url(int port, String database) {
    var parsed = PostgresUrl.parse("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database));
    return ((PostgresUrl.Parsed.Right) parsed).url();
  }

  static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        // no test pulls its plug, and a new database for each test is most of what tests here cost
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }

  /// One empty database.
  record Place(Database database, Supplier<Store> maker) {

    /// A store in it, closed by the caller.
    Store store() {
      return maker.get();
    }

    /// Runs a statement past the store.
    void run(String sql) throws SQLException {
      try (Connection connection = database.forMigrating().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    /// A connection past the store.
    Connection connect() throws SQLException {
      return database.forMigrating().getConnection();
    }
  }
}
