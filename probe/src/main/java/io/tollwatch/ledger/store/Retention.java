package io.tollwatch.ledger.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Forgets what shall not be kept longer, except what is in doubt or still runs: that stays until
/// it is resolved, however old it is. Goes in small steps, each a transaction with a connection of
/// its own, so that feeding goes on meanwhile. Thread-safe. Every method throws
/// [UncheckedIOException] if the database fails.
public final class Retention {

  private static final int STEP = 1_000;

  private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");

  private static final String FIRST_BODY =
      """
      select e.started_at from exchange_body b join exchange e on e.no = b.no
      where b.no not in (select u.no from exchange_unsettled u)
      order by b.no limit 1
      """;

  private static final Scope ALL =
      new Scope("exchange e", List.of("exchange_body", "exchange_detail", "exchange"));
  private static final Scope BODIES =
      new Scope("exchange e join exchange_body b on b.no = e.no", List.of("exchange_body"));

  private final Store store;

  Retention(Store store) {
    this.store = store;
  }

  /// Deletes exchanges that started before the limit.
  ///
  /// @return how many
  public long deleteOlderThan(Instant limit) {
    return delete(ALL, Long.MAX_VALUE, limit, Optional.of(Instant.EPOCH));
  }

  /// Deletes the bodies of exchanges that started before the limit; facts and verdicts stay. Their
  /// state is then [io.tollwatch.redaction.KeptBody.State#EXPIRED].
  ///
  /// @return of how many exchanges
  public long deleteBodiesOlderThan(Instant limit) {
    return delete(BODIES, Long.MAX_VALUE, limit, firstBody());
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
    return delete(ALL, surplus, FAR, Optional.of(Instant.EPOCH));
  }

  /// About how many bytes the rows take. The database's files may be larger: what was deleted in
  /// them is used again, not given back.
  public long bytes() {
    long sum = 0;
    for (String table : ALL.tables()) {
      sum +=
          new Question(store.database().sizeOfTable(), (_, select) -> select.setString(1, table))
              .list(store, row -> row.getLong(1)).stream().mapToLong(Long::longValue).sum();
    }
    return sum;
  }

  /// How many exchanges there are.
  public long count() {
    return new Question("select count(*) from exchange", (_, _) -> {})
        .list(store, row -> row.getLong(1))
        .getFirst();
  }

  private Optional<Instant> firstBody() {
    return new Question(FIRST_BODY, (_, _) -> {})
        .list(store, row -> row.getObject(1, OffsetDateTime.class).toInstant()).stream()
            .findFirst();
  }

  private long delete(Scope scope, long most, Instant limit, Optional<Instant> from) {
    long deleted = 0;
    Optional<Instant> next = from;
    while (next.isPresent() && deleted < most) {
      Step step = step(scope, (int) Math.min(STEP, most - deleted), next.get(), limit);
      deleted += step.deleted();
      next = step.next();
    }
    return deleted;
  }

  private Step step(Scope scope, int most, Instant from, Instant limit) {
    try (Connection connection = store.connect()) {
      connection.setAutoCommit(false);
      Step step = find(connection, scope, most, from, limit);
      for (String table : scope.tables()) {
        delete(connection, table, step.numbers());
      }
      connection.commit();
      return step;
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new IOException("old exchanges can't be deleted: " + e.getMessage(), e));
    }
  }

  private static Step find(
      Connection connection, Scope scope, int most, Instant from, Instant limit)
      throws SQLException {
    List<Long> numbers = new ArrayList<>();
    Instant last = from;
    try (PreparedStatement select = connection.prepareStatement(scope.next())) {
      select.setObject(1, from.atOffset(ZoneOffset.UTC));
      select.setObject(2, limit.atOffset(ZoneOffset.UTC));
      select.setInt(3, most);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          numbers.add(row.getLong(1));
          last = row.getObject(2, OffsetDateTime.class).toInstant();
        }
      }
    }
    return new Step(numbers, numbers.size() < most ? Optional.empty() : Optional.of(last));
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

    /// Asks for those of one step, the oldest first. Each step deletes what it finds, so the next
    /// one finds others.
    String next() {
      return """
      select e.no, e.started_at from %s
      where e.started_at >= ? and e.started_at < ?
        and e.no not in (select u.no from exchange_unsettled u)
      order by e.started_at limit ?
      """
          .formatted(from);
    }
  }

  /// What one step found.
  ///
  /// @param next where the next one goes on; empty after the last
  private record Step(List<Long> numbers, Optional<Instant> next) {
    int deleted() {
      return numbers.size();
    }
  }
}
