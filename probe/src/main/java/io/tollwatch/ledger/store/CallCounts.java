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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// How the numbers of exchanges of each kind change, written in the transaction that changes the
/// exchanges: so they are exact. Confined to one transaction.
final class CallCounts {

  private static final String ADD =
      """
      update call_count set calls = calls + ?
      where in_hour = ? and journal = ? and origin = ? and provider = ? and operation = ?
        and category = ? and fault = ? and money = ? and sla_fault = ?
      """;

  private static final String INSERT =
      """
      insert into call_count (calls, in_hour, journal, origin, provider, operation, category, fault,
        money, sla_fault)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String FORGET = "delete from call_count where in_hour < ?";
  private static final String FROM = "update call_count_from set in_hour = ? where in_hour < ?";

  private final Map<CallKind, Long> changes = new HashMap<>();

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
    List<Map.Entry<CallKind, Long>> inOrder =
        changes.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    try (PreparedStatement add = connection.prepareStatement(ADD);
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Map.Entry<CallKind, Long> each : inOrder) {
        bind(add, each);
      }
      int[] there = add.executeBatch();
      for (int i = 0; i < there.length; i++) {
        if (there[i] == 0) {
          bind(insert, inOrder.get(i));
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
        .number(kind.hour())
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

  /// Exchanges that started at that time, or earlier, are no longer all there: their hours are not
  /// to be counted by.
  static void forget(Connection connection, Instant last) throws SQLException {
    long whole = Hour.of(last) + 1;
    try (PreparedStatement delete = connection.prepareStatement(FORGET);
        PreparedStatement from = connection.prepareStatement(FROM)) {
      delete.setLong(1, whole);
      delete.executeUpdate();
      from.setLong(1, whole);
      from.setLong(2, whole);
      from.executeUpdate();
    }
  }

  /// The first hour whose counts are whole.
  static long first(Store store) {
    return new Question("select in_hour from call_count_from", (_, _) -> {})
        .list(store, row -> row.getLong(1))
        .getFirst();
  }

  /// Gives those of the whole hours of a slice that has no channel.
  static void read(Store store, Slice slice, Hour.Split hours, Consumer<CallCount> taker) {
    List<String> words = new ArrayList<>();
    StringBuilder more = new StringBuilder();
    slice.provider().ifPresent(it -> add(words, more, "provider", it));
    slice.operation().ifPresent(it -> add(words, more, "operation", it.word()));
    slice.origin().ifPresent(it -> add(words, more, "origin", it.word()));
    new Question(
            """
            select provider, operation, category, fault, money, sla_fault, sum(calls)
            from call_count where in_hour >= ? and in_hour < ?%s
            group by provider, operation, category, fault, money, sla_fault
            having sum(calls) <> 0
            """
                .formatted(more),
            (_, select) -> {
              select.setLong(1, hours.from());
              select.setLong(2, hours.until());
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
