package io.tollwatch.ledger.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Forgets what shall not be kept longer, except what is in doubt or still runs: that stays until
/// it is resolved, however old it is. Goes in small steps, each a transaction with a connection of
/// its own, so that feeding goes on meanwhile. Thread-safe. Every method throws
/// [UncheckedIOException] if the database fails.
public final class Retention {

  private static final int STEP = 1_000;

  private static final List<String> TABLES =
      List.of(
          "exchange_body",
          "exchange_detail",
          "exchange",
          "exchange_lookup",
          "exchange_duplicate",
          "exchange_no_success",
          "call_count",
          "rejudgement");
  private static final Scope ALL =
      new Scope(
          "exchange",
          List.of(
              "rejudgement",
              "exchange_duplicate",
              "exchange_no_success",
              "exchange_body",
              "exchange_detail",
              "exchange"));
  private static final Scope BODIES = new Scope("exchange_body", List.of("exchange_body"));

  private static final String FIRST_SETTLED =
      """
      select e.no from exchange e
      where not exists (select 1 from exchange_unsettled u where u.no = e.no) order by e.no limit 1
      """;

  /// One that is not older than all exchanges may be of one that is still to be fed.
  private static final String OF_NO_EXCHANGE =
      """
      delete from resolution where no < ? and not exists (
        select 1 from exchange e where e.no >= resolution.no and e.no < resolution.no + %d
          and e.id = resolution.exchange)
      """
          .formatted(RowNumber.SLOTS);

  private static final String OLD_CHANGES = "delete from breaker_change where changed_at < ?";

  private final Store store;

  Retention(Store store) {
    this.store = store;
  }

  /// Deletes exchanges that started before the limit.
  ///
  /// @return how many
  public long deleteOlderThan(Instant limit) {
    long deleted = delete(ALL, Long.MAX_VALUE, RowNumber.before(limit));
    forgetBeside();
    forgetChanges(limit);
    return deleted;
  }

  /// Deletes the bodies of exchanges that started before the limit; facts and verdicts stay. Their
  /// state is then [io.tollwatch.redaction.KeptBody.State#EXPIRED].
  ///
  /// @return of how many exchanges
  public long deleteBodiesOlderThan(Instant limit) {
    return delete(BODIES, Long.MAX_VALUE, RowNumber.before(limit));
  }

  /// Deletes the oldest exchanges, with all that belongs to them, until the rest takes about as
  /// many bytes as are allowed. The bytes are those of the rows there are, see [#bytes()], and each
  /// row counts with their mean.
  ///
  /// @return how many were deleted
  public long deleteDownTo(long bytes) {
    long now = bytes();
    long rows = count();
    if (now <= bytes || rows == 0) {
      return 0;
    }
    long surplus = (long) Math.ceil(rows * (1 - (double) bytes / now));
    long deleted = delete(ALL, surplus, Long.MAX_VALUE);
    forgetBeside();
    return deleted;
  }

  /// About how many bytes the rows take. The database's files may be larger: what was deleted in
  /// them is used again, not given back.
  public long bytes() {
    return new Question(store.database().sizeOfRows(TABLES), (_, _) -> {})
        .list(store, row -> row.getLong(1))
        .getFirst();
  }

  /// How many exchanges there are.
  public long count() {
    return new Question("select count(*) from exchange", (_, _) -> {})
        .list(store, row -> row.getLong(1))
        .getFirst();
  }

  private long delete(Scope scope, long most, long before) {
    long deleted = 0;
    long from = Long.MIN_VALUE;
    boolean more = true;
    while (more && deleted < most) {
      int step = (int) Math.min(STEP, most - deleted);
      List<Long> numbers = step(scope, step, from, before);
      deleted += numbers.size();
      more = numbers.size() == step;
      from = more ? numbers.getLast() : from;
    }
    return deleted;
  }

  private List<Long> step(Scope scope, int most, long from, long before) {
    return inTransaction(connection -> {
      List<Long> numbers = find(connection, scope, most, from, before);
      for (String table : scope.tables()) {
        delete(connection, table, numbers);
      }
      if (scope.equals(ALL) && !numbers.isEmpty()) {
        CallCounts.forget(connection, RowNumber.latestStart(numbers.getLast()));
      }
      return numbers;
    });
  }

  private static List<Long> find(
      Connection connection, Scope scope, int most, long from, long before) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(scope.next())) {
      select.setLong(1, from);
      select.setLong(2, before);
      select.setInt(3, most);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          numbers.add(row.getLong(1));
        }
      }
    }
    return numbers;
  }

  /// A resolution goes with its exchange. What stays for all its age is found as before.
  private void forgetBeside() {
    Set<Long> staying =
        Set.copyOf(
            new Question("select no from exchange_unsettled", (_, _) -> {})
                .list(store, row -> row.getLong(1)));
    long first =
        new Question(FIRST_SETTLED, (_, _) -> {})
            .list(store, row -> row.getLong(1)).stream().findFirst().orElse(Long.MAX_VALUE);
    boolean more = true;
    while (more) {
      more = inTransaction(connection -> new Lookup(connection).forget(first, staying));
    }
    inTransaction(connection -> execute(connection, OF_NO_EXCHANGE, first));
  }

  private void forgetChanges(Instant limit) {
    inTransaction(connection -> execute(connection, OLD_CHANGES, limit.atOffset(ZoneOffset.UTC)));
  }

  private static int execute(Connection connection, String sql, Object value) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setObject(1, value);
      return delete.executeUpdate();
    }
  }

  private <T> T inTransaction(Work<T> work) {
    try (Connection connection = store.connect()) {
      connection.setAutoCommit(false);
      T done = work.with(connection);
      connection.commit();
      return done;
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new IOException("old exchanges can't be deleted: " + e.getMessage(), e));
    }
  }

  private static void delete(Connection connection, String table, List<Long> numbers)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from " + table + " where no = ?")) {
      for (long no : numbers) {
        delete.setLong(1, no);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  /// What is deleted.
  ///
  /// @param from where it is looked for
  /// @param tables where its rows go
  private record Scope(String from, List<String> tables) {

    /// Asks for those of one step, the oldest first.
    String next() {
      return """
      select t.no from %s t where t.no > ? and t.no < ?
        and not exists (select 1 from exchange_unsettled u where u.no = t.no)
      order by t.no limit ?
      """
          .formatted(from);
    }
  }

  /// One transaction's work.
  @FunctionalInterface
  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }
}
