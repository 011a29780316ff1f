package io.tollwatch.ledger.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL server, which several sidecars may share. Thread-safe. Where the URL does not say
/// otherwise, it is given up after 5 seconds without a connection, and after 60 without an answer:
/// a server that hangs looks like one that is down.
record PostgresServer(PostgresUrl url, Optional<Credentials> login) implements Database {

  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 60;
  private static final int CLAIM_SECONDS = 1;
  private static final long UNUSED_MILLIS = 60_000;

  @Override
  public Optional<DataSource> forLooking() {
    PGSimpleDataSource source = source();
    source.setReadOnly(true);
    return Optional.of(source);
  }

  @Override
  public DataSource forMigrating() throws SQLException {
    return source();
  }

  /// Each step is a transaction here, what changes a schema too.
  @Override
  public void bringUp(Steps steps) throws SQLException {
    steps.take(forMigrating());
  }

  @Override
  public HikariConfig pool() {
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source());
    pool.setMinimumIdle(0);
    pool.setIdleTimeout(UNUSED_MILLIS);
    return pool;
  }

  /// Who claims a payment waits with a customer: a second, whatever the URL says. What the lock
  /// relies on is that each statement sees what was written before it.
  @Override
  public Optional<HikariConfig> claimPool() {
    PGSimpleDataSource source = source();
    source.setConnectTimeout(CLAIM_SECONDS);
    source.setSocketTimeout(CLAIM_SECONDS);
    source.setApplicationName("tollwatch-claims");
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(1000L * CLAIM_SECONDS);
    pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return Optional.of(pool);
  }

  /// Each transaction has some ways to the server and back.
  @Override
  public void rest(Connection connection, int millis) {
    // it works elsewhere
  }

  @Override
  public int batch() {
    return 2_000;
  }

  @Override
  public Rows rows(Table table, Connection connection) {
    return ColumnRows.into(table, connection);
  }

  @Override
  public String text(String column) {
    return "convert_from(" + column + ", 'UTF8')";
  }

  @Override
  public String sizeOfRows(List<String> tables) {
    // what is deleted stays in the file until it is used again: it does not count
    return """
    select coalesce(sum(pg_total_relation_size(relid) * (n_live_tup + 1.0)
      / (n_live_tup + n_dead_tup + 1.0)), 0)::bigint
    from pg_stat_user_tables where relid in (%s)
    """
        .formatted(
            tables.stream()
                .map(table -> "to_regclass('%s')".formatted(table))
                .collect(Collectors.joining(", ")));
  }

  private PGSimpleDataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.text());
    if (!says("connectTimeout")) {
      source.setConnectTimeout(CONNECT_SECONDS);
    }
    if (!says("socketTimeout")) {
      source.setSocketTimeout(ANSWER_SECONDS);
    }
    if (!says("tcpKeepAlive")) {
      source.setTcpKeepAlive(true);
    }
    if (!says("ApplicationName")) {
      source.setApplicationName("tollwatch");
    }
    source.setReWriteBatchedInserts(true);
    login.ifPresent(by -> {
      source.setUser(by.user());
      source.setPassword(by.password());
    });
    return source;
  }

  private boolean says(String parameter) {
    return url.text().contains(parameter + "=");
  }
}
