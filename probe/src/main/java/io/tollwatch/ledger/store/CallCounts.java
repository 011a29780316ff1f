package io.tollwatch.ledger.store;

import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// How the numbers of exchanges of each kind change, written in the transaction that changes the
/// exchanges: so they are exact. Confined to one transaction.
final class CallCounts {

  private static final String ADD =
      """
      update call_count set calls = calls + ?
      where quarter = ? and journal = ? and origin = ? and provider = ? and operation = ?
        and category = ? and fault = ? and money = ? and sla_fault = ?
      """;

  private static final String INSERT =
      """
      insert into call_count (calls, quarter, journal, origin, provider, operation, category, fault,
        money, sla_fault)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String FORGET = "delete from call_count where quarter < ?";
  private static final String FROM = "update call_count_from set quarter = ? where quarter < ?";

  private final SortedMap<CallKind, Long> changes = new TreeMap<>();

  /// One more of that kind.
  void add(CallKind kind) {
    changes.merge(kind, 1L, Long::sum);
  }

  /// One that was of the one kind is of the other now.
  void move(CallKind from, CallKind to) {
    changes.merge(from, -1L, Long::sum);
    add(to);
  }

  /// Writes them.
  void write(Connection connection) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (PreparedStatement add = connection.prepareStatement(ADD);
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Map.Entry<CallKind, Long> each : changes.entrySet()) {
        bind(add, each);
      }
      int[] there = add.executeBatch();
      int next = 0;
      for (Map.Entry<CallKind, Long> each : changes.entrySet()) {
        if (there[next++] == 0) {
          bind(insert, each);
        }
      }
      insert.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, Map.Entry<CallKind, Long> change)
      throws SQLException {
    CallKind kind = change.getKey();
    new Binder(statement)
        .number(change.getValue())
        .number(kind.quarter())
        .small(kind.journal())
        .text(kind.origin())
        .text(kind.provider())
        .text(kind.operation())
        .text(kind.category())
        .text(kind.fault())
        .text(kind.money())
        .flag(kind.slaFault())
        .add();
  }

  /// Exchanges that started at that time, or earlier, are no longer all there: their quarters are
  /// not to be counted by.
  static void forget(Connection connection, Instant last) throws SQLException {
    long whole = Quarter.of(last) + 1;
    try (PreparedStatement delete = connection.prepareStatement(FORGET);
        PreparedStatement from = connection.prepareStatement(FROM)) {
      delete.setLong(1, whole);
      delete.executeUpdate();
      from.setLong(1, whole);
      from.setLong(2, whole);
      from.executeUpdate();
    }
  }

  /// The first quarter whose counts are whole.
  static long first(Store store) {
    return new Question("select quarter from call_count_from", (_, _) -> {})
        .list(store, row -> row.getLong(1))
        .getFirst();
  }

  /// Gives those of the whole quarters of a slice that has no channel.
  static void read(Store store, Slice slice, Quarter.Split quarters, Consumer<CallCount> taker) {
    List<String> words = new ArrayList<>();
    StringBuilder more = new StringBuilder();
    slice.provider().ifPresent(it -> add(words, more, "provider", it));
    slice.operation().ifPresent(it -> add(words, more, "operation", it.word()));
    slice.origin().ifPresent(it -> add(words, more, "origin", it.word()));
    new Question(
            """
            select provider, operation, category, fault, money, sla_fault, sum(calls)
            from call_count where quarter >= ? and quarter < ?%s
            group by provider, operation, category, fault, money, sla_fault
            having sum(calls) <> 0
            """
                .formatted(more),
            (_, select) -> {
              select.setLong(1, quarters.from());
              select.setLong(2, quarters.until());
              for (int i = 0; i < words.size(); i++) {
                select.setString(i + 3, words.get(i));
              }
            })
        .each(store, row -> taker.accept(count(row)));
  }

  private static void add(List<String> words, StringBuilder more, String column, String word) {
    more.append(" and ").append(column).append(" = ?");
    words.add(word);
  }

  private static CallCount count(ResultSet row) throws SQLException {
    String category = row.getString(3);
    return new CallCount(
        row.getString(1),
        Operation.ofWord(row.getString(2)),
        category.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Fact.Ended(
                    Category.ofWord(category),
                    Fault.ofWord(row.getString(4)),
                    Money.ofWord(row.getString(5)),
                    row.getBoolean(6))),
        row.getLong(7));
  }
}
