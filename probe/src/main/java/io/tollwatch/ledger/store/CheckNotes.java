package io.tollwatch.ledger.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/// What sidecars that share a database tell one another of checks: which are paused, and what steps
/// found. Thread-safe. Each call fails with an [UncheckedIOException] if the database does.
public final class CheckNotes {

  private static final String PAUSES =
      "select name, who, reason, paused_at from check_pause order by name";
  private static final String FINDINGS =
      "select no, document from check_finding where no > ? and sidecar <> ? order by no limit 5000";

  private final Store store;

  CheckNotes(Store store) {
    this.store = store;
  }

  /// The checks that are paused, by name.
  public List<CheckPause> pauses() {
    return new Question(PAUSES, (_, _) -> {})
        .list(
            store,
            row ->
                new CheckPause(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, OffsetDateTime.class).toInstant()));
  }

  /// Pauses a check, or says anew why.
  public void pause(CheckPause pause) {
    inTransaction(connection -> {
      delete(connection, pause.name());
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into check_pause (name, who, reason, paused_at) values (?, ?, ?, ?)")) {
        var _ =
            new Binder(insert)
                .text(pause.name())
                .text(pause.who())
                .text(pause.reason())
                .time(pause.at());
        return insert.executeUpdate();
      }
    });
  }

  /// Ends a pause.
  ///
  /// @return whether there was one
  public boolean resume(String name) {
    return inTransaction(connection -> delete(connection, name)) > 0;
  }

  private static int delete(Connection connection, String name) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from check_pause where name = ?")) {
      delete.setString(1, name);
      return delete.executeUpdate();
    }
  }

  /// Tells the other sidecars what steps found, and forgets what is old.
  ///
  /// @param sidecar who tells it
  /// @param forgotten what was found before that time
  public void tell(List<CheckFinding> findings, String sidecar, Instant now, Instant forgotten) {
    int _ =
        inTransaction(connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into check_finding (found_at, sidecar, document) values (?, ?, ?)")) {
            for (CheckFinding finding : findings) {
              new Binder(insert).time(now).text(sidecar).bytes(ExchangeJson.bytes(finding)).add();
            }
            insert.executeBatch();
          }
          try (PreparedStatement delete =
              connection.prepareStatement("delete from check_finding where found_at < ?")) {
            var _ = new Binder(delete).time(forgotten);
            return delete.executeUpdate();
          }
        });
  }

  /// What the other sidecars found, each with its number, at most 5,000 at a time. A number may
  /// come a moment later than a higher one.
  ///
  /// @param after those with higher numbers
  /// @param sidecar who asks
  public List<Numbered> findings(long after, String sidecar) {
    return new Question(
            FINDINGS,
            (_, select) -> {
              var _ = new Binder(select).number(after).text(sidecar);
            })
        .list(store, row -> new Numbered(row.getLong(1), ExchangeJson.finding(row.getBytes(2))));
  }

  /// The highest number so far; 0 if there is none.
  public long lastFinding() {
    return new Question("select coalesce(max(no), 0) from check_finding", (_, _) -> {})
        .list(store, row -> row.getLong(1))
        .getFirst();
  }

  /// A finding, and by what it is told from others.
  public record Numbered(long no, CheckFinding finding) {}

  private <T> T inTransaction(Work<T> work) {
    try (Connection connection = store.connect()) {
      connection.setAutoCommit(false);
      T done = work.with(connection);
      connection.commit();
      return done;
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new IOException("notes of checks can't be written: " + e.getMessage(), e));
    }
  }

  /// One transaction's work.
  @FunctionalInterface
  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }
}
