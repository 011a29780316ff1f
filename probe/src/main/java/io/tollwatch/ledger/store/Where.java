package io.tollwatch.ledger.store;

import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A query's conditions as SQL over the facts `e` and, where texts are asked for, the details `d`
/// and bodies `b`. Whatever comes from outside is bound, never part of the text. Confined to one
/// query.
final class Where {

  /// As SQL: the categories of calls that ended as calls should.
  static final String ENDED_WELL =
      Arrays.stream(Category.values())
          .filter(Category::endsWell)
          .map(category -> "'" + category.word() + "'")
          .collect(Collectors.joining(", "));

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private final Span span;
  private String tables = "exchange e";

  private Where(Span span) {
    this.span = span;
  }

  /// The conditions of a query.
  ///
  /// @param whole from when to when the store has exchanges
  static Where of(ExchangeQuery query, Span whole) {
    Where where = new Where(whole.cut(query));
    query.filters().forEach(where::add);
    query.before().ifPresent(id -> where.add("e.id < ?", id));
    return where;
  }

  /// The tables and the conditions on them.
  String sql() {
    return conditions.isEmpty() ? tables : tables + " where " + String.join(" and ", conditions);
  }

  /// Binds the values.
  ///
  /// @return the index of the next parameter
  int bind(Connection connection, PreparedStatement statement) throws SQLException {
    int next = 1;
    for (Object value : values) {
      if (value instanceof Long[] keys) {
        statement.setArray(next++, connection.createArrayOf("bigint", keys));
      } else {
        statement.setObject(next++, value);
      }
    }
    return next;
  }

  private void add(ExchangeFilter filter) {
    switch (filter) {
      case ExchangeFilter.From(var at) -> add("e.started_at >= ?", time(at));
      case ExchangeFilter.Until(var at) -> add("e.started_at < ?", time(at));
      case ExchangeFilter.ProviderIs(var provider) -> add("e.provider = ?", provider);
      case ExchangeFilter.OperationIs(var operation) -> add("e.operation = ?", operation.word());
      case ExchangeFilter.OriginIs(var origin) -> add("e.origin = ?", origin.word());
      case ExchangeFilter.CategoryIs(var category) -> add("e.category = ?", category.word());
      case ExchangeFilter.MoneyIs(var money) -> addMoney(money);
      case ExchangeFilter.ProgressIs(var progress) -> add("e.progress = ?", progress.word());
      case ExchangeFilter.Trace(var trace) -> {
        String id = DetailRow.traceId(trace);
        joinDetails();
        add("e.trace_key = any(?) and d.trace_id = ?", keys(id), id);
      }
      case ExchangeFilter.Reference(var reference) -> {
        joinDetails();
        add("e.reference_key = any(?) and d.reference = ?", keys(reference), reference);
      }
      case ExchangeFilter.RequestId(var id) -> {
        joinDetails();
        add(
            """
            (e.request_key = any(?) and d.request_id = ?
              or e.gateway_key = any(?) and d.gateway_request_id = ?)\
            """,
            keys(id),
            id,
            keys(id),
            id);
      }
      case ExchangeFilter.Text(var text) -> addText("%" + escaped(text) + "%");
      case ExchangeFilter.Trouble() ->
          add("(e.category not in (" + ENDED_WELL + ") or e.money = 'in_doubt')");
    }
  }

  private void addMoney(Money money) {
    if (money == Money.IN_DOUBT) {
      add("e.no in (select u.no from exchange_unsettled u where u.in_doubt)");
    } else {
      add("e.money = ?", money.word());
    }
  }

  private void addText(String pattern) {
    joinDetails();
    tables += tables.contains("exchange_body") ? "" : " left join exchange_body b on b.no = e.no";
    add(
        """
        (d.target ilike ? escape '!' or b.request ilike ? escape '!'
          or b.answer ilike ? escape '!' or d.gateway_code ilike ? escape '!'
          or d.gateway_message ilike ? escape '!')\
        """,
        pattern,
        pattern,
        pattern,
        pattern,
        pattern);
  }

  private void joinDetails() {
    tables += tables.contains("exchange_detail") ? "" : " join exchange_detail d on d.no = e.no";
  }

  private Long[] keys(String text) {
    return span.isEmpty() ? new Long[0] : LookupKey.between(span.from(), span.to(), text);
  }

  private void add(String condition, Object... bound) {
    conditions.add(condition);
    values.addAll(List.of(bound));
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /// A part of time, both ends in it. Immutable.
  record Span(Instant from, Instant to) {

    /// No time at all.
    static final Span NONE = new Span(Instant.MAX, Instant.MIN);

    boolean isEmpty() {
      return to.isBefore(from);
    }

    Span cut(ExchangeQuery query) {
      Instant start = from;
      Instant end = to;
      for (ExchangeFilter filter : query.filters()) {
        if (filter instanceof ExchangeFilter.From(var at) && at.isAfter(start)) {
          start = at;
        } else if (filter instanceof ExchangeFilter.Until(var at) && at.isBefore(end)) {
          end = at;
        }
      }
      return new Span(start, end);
    }
  }
}
