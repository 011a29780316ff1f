package io.tollwatch.ledger.store;

import static java.util.stream.Collectors.joining;

import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
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
  private static long first(Store store) {
    return new Question("select in_hour from call_count_from", (_, _) -> {})
        .list(store, row -> row.getLong(1))
        .getFirst();
  }

  /// When the newest exchange started.
  private static Instant newest(Store store) {
    return new Question(
            "select e.started_at from exchange e order by e.no desc limit 1", (_, _) -> {})
        .list(store, row -> row.getObject(1, OffsetDateTime.class).toInstant()).stream()
            .findFirst()
            .orElse(Instant.EPOCH);
  }

  /// Gives those of a slice that has no channel. One statement, which sees one state of the store:
  /// what is fed meanwhile is neither counted nor taken from the counts.
  static void read(Store store, Slice slice, Consumer<CallCount> taker) {
    Hour.Split hours = Hour.Split.of(slice.window(), first(store), newest(store));
    List<Part> parts = new ArrayList<>();
    parts.add(wholeHours(slice, hours));
    for (Hour.Edge edge : hours.edges()) {
      parts.add(edge(slice, edge, store.database()));
    }
    new Question(
            """
            select provider, operation, category, fault, money, sla_fault, sum(calls)
            from (%s) counted
            group by provider, operation, category, fault, money, sla_fault
            having sum(calls) <> 0
            """
                .formatted(parts.stream().map(Part::sql).collect(joining(" union all "))),
            (_, select) -> {
              int next = 1;
              for (Part part : parts) {
                next = part.binding().bind(select, next);
              }
            })
        .each(store, row -> taker.accept(count(row)));
  }

  /// A part of the sum, as a query of its own.
  private record Part(String sql, PartBinding binding) {}

  /// Binds its parameters from that one on, and gives the index of the next.
  @FunctionalInterface
  private interface PartBinding {
    int bind(PreparedStatement select, int first) throws SQLException;
  }

  private static Part wholeHours(Slice slice, Hour.Split hours) {
    List<Object> values = new ArrayList<>(List.of(hours.from(), hours.until()));
    StringBuilder more = new StringBuilder();
    slice.provider().ifPresent(it -> add(values, more, "provider", it));
    slice.operation().ifPresent(it -> add(values, more, "operation", it.word()));
    slice.origin().ifPresent(it -> add(values, more, "origin", it.word()));
    return new Part(
        """
        select provider, operation, category, fault, money, sla_fault, calls
        from call_count where in_hour >= ? and in_hour < ?%s
        """
            .formatted(more),
        (select, first) -> {
          int next = first;
          for (Object value : values) {
            select.setObject(next++, value);
          }
          return next;
        });
  }

  private static void add(List<Object> values, StringBuilder more, String column, String word) {
    more.append(" and ").append(column).append(" = ?");
    values.add(word);
  }

  private static Part edge(Slice slice, Hour.Edge edge, Database database) {
    List<ExchangeFilter> filters = slice.during(edge.part()).filters();
    Where where = Where.of(ExchangeQuery.of(filters.toArray(ExchangeFilter[]::new)), database);
    return new Part(
        """
        select e.provider, e.operation, coalesce(e.category, ''), coalesce(e.fault, ''),
          coalesce(e.money, ''), coalesce(e.sla_fault, false), cast(%d as bigint)%s%s
        """
            .formatted(edge.missing() ? -1 : 1, where.from(), where.sql()),
        where::bind);
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
