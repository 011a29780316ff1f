package io.tollwatch.ledger.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/// The store's tables, brought to this program's version by Flyway. Its history lies in a table of
/// our own name, so that a PostgreSQL schema may be shared with others. Thread-safe.
final class Schema {

  private static final String HISTORY = "tollwatch_schema_history";
  private static final String STEPS = "classpath:io/tollwatch/ledger/store/schema";

  /// Before Flyway the version stood in this table, and it was 1.
  private static final String BEFORE_FLYWAY = "schema_version";

  private Schema() {}

  /// Whether a database has this program's version. Changes nothing.
  ///
  /// @throws SQLException if a newer program has made it, too
  static boolean isCurrent(DataSource looking) throws SQLException {
    try {
      MigrationInfo[] steps = flyway(looking, "0").info().all();
      Optional<MigrationInfo> newer = newest(steps);
      if (newer.isPresent()) {
        throw new SQLException(
            "the ledger has schema %s, made by a newer Tollwatch; this one knows up to %s"
                .formatted(newer.get().getVersion(), known(steps)));
      }
      return Stream.of(steps).noneMatch(step -> isLeft(step.getState()));
    } catch (FlywayException e) {
      throw reason(e);
    }
  }

  /// Brings an empty or older database to this program's version.
  static void migrate(DataSource source) throws SQLException {
    try {
      flyway(source, madeBeforeFlyway(source) ? "1" : "0").migrate();
    } catch (FlywayException e) {
      throw reason(e);
    }
  }

  private static Flyway flyway(DataSource source, String baseline) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(source)
        .locations(STEPS)
        .table(HISTORY)
        .baselineOnMigrate(true)
        .baselineVersion(baseline)
        .load();
  }

  /// One that failed must be tried again, if only to tell why it does.
  private static boolean isLeft(MigrationState state) {
    return (!state.isApplied() && state != MigrationState.BELOW_BASELINE) || state.isFailed();
  }

  private static Optional<MigrationInfo> newest(MigrationInfo[] steps) {
    Optional<MigrationInfo> newest = Optional.empty();
    for (MigrationInfo step : steps) {
      if (step.getState() == MigrationState.FUTURE_SUCCESS
          || step.getState() == MigrationState.FUTURE_FAILED) {
        newest = Optional.of(step);
      }
    }
    return newest;
  }

  private static String known(MigrationInfo[] steps) {
    String known = "0";
    for (MigrationInfo step : steps) {
      if (step.getState() != MigrationState.FUTURE_SUCCESS
          && step.getState() != MigrationState.FUTURE_FAILED) {
        known = String.valueOf(step.getVersion());
      }
    }
    return known;
  }

  private static boolean madeBeforeFlyway(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return has(connection, BEFORE_FLYWAY);
    }
  }

  /// Whether there is such a table.
  static boolean has(Connection connection, String table) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, connection.getSchema(), table, null)) {
      return tables.next();
    }
  }

  /// Flyway wraps what the driver said; whoever looks at a SQLException's state wants that.
  private static SQLException reason(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException told) {
        return new SQLException(told.getMessage(), told.getSQLState(), e);
      }
    }
    return new SQLException(e.getMessage(), e);
  }
}
