package io.tollwatch.ledger.store;

import io.tollwatch.exchange.TestMoney;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What checks took and must give back, for sidecars that share a database: who takes over from one
/// that died finds it there. Thread-safe. Each call fails with an [UncheckedIOException] if the
/// database does.
public final class TestMoneyRows {

  private static final String ADD =
      """
      insert into test_money
        (id, opened_at, state, check_name, provider, amount_minor, document)
      values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
      """;

  private static final String SPENT =
      """
      select count(*), coalesce(sum(amount_minor), 0) from test_money
      where provider = ? and opened_at >= ? and opened_at < ?
      """;

  private final Store store;

  TestMoneyRows(Store store) {
    this.store = store;
  }

  /// What was taken at a provider in a time.
  public record Spent(long count, long amountMinor) {}

  /// Writes down what is about to be taken, unless there is one of that id.
  ///
  /// @return whether there was none
  public boolean add(TestMoney money) {
    return inTransaction(connection -> {
      try (PreparedStatement insert = connection.prepareStatement(ADD)) {
        var _ =
            new Binder(insert)
                .text(money.id())
                .time(money.opened())
                .text(money.state().word())
                .text(money.check())
                .text(money.provider())
                .number(money.amountMinor().orElse(0))
                .bytes(ExchangeJson.bytes(money));
        return insert.executeUpdate();
      }
    })
        > 0;
  }

  /// Takes one out again that was not taken after all.
  public void remove(String id) {
    int _ =
        inTransaction(connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from test_money where id = ?")) {
            var _ = new Binder(delete).text(id);
            return delete.executeUpdate();
          }
        });
  }

  /// What is known now of one.
  public void put(TestMoney money) {
    int _ =
        inTransaction(connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update test_money set state = ?, provider = ?, document = ? where id = ?")) {
            var _ =
                new Binder(update)
                    .text(money.state().word())
                    .text(money.provider())
                    .bytes(ExchangeJson.bytes(money))
                    .text(money.id());
            return update.executeUpdate();
          }
        });
  }

  /// The one of that id.
  public Optional<TestMoney> find(String id) {
    return new Question(
            "select document from test_money where id = ?", (_, select) -> select.setString(1, id))
        .list(store, TestMoneyRows::money).stream().findFirst();
  }

  /// What is out, oldest first.
  ///
  /// @param most how many of it at most
  public List<TestMoney> open(int most) {
    return new Question(
            "select document from test_money where state = ? order by opened_at, id limit ?",
            (_, select) -> {
              select.setString(1, TestMoney.State.OPEN.word());
              select.setInt(2, most);
            })
        .list(store, TestMoneyRows::money);
  }

  /// What was taken at a provider from one time until before another.
  public Spent spent(String provider, Instant from, Instant to) {
    return new Question(
            SPENT,
            (_, select) -> {
              var _ = new Binder(select).text(provider).time(from).time(to);
            })
        .list(store, row -> new Spent(row.getLong(1), row.getLong(2)))
        .getFirst();
  }

  /// Forgets what came back and was opened before that time.
  public void forget(Instant before) {
    int _ =
        inTransaction(connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "delete from test_money where state <> ? and opened_at < ?")) {
            var _ = new Binder(delete).text(TestMoney.State.OPEN.word()).time(before);
            return delete.executeUpdate();
          }
        });
  }

  private static TestMoney money(ResultSet row) throws SQLException {
    return ExchangeJson.entry(row.getBytes(1), TestMoney.class);
  }

  private int inTransaction(Work work) {
    try (Connection connection = store.connect()) {
      connection.setAutoCommit(false);
      int done = work.with(connection);
      connection.commit();
      return done;
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new IOException("the register of test money can't be written: " + e.getMessage(), e));
    }
  }

  /// One transaction's work.
  @FunctionalInterface
  private interface Work {
    int with(Connection connection) throws SQLException;
  }
}
