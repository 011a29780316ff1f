package io.tollwatch.ledger;

import io.tollwatch.taxonomy.Category;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A query's conditions as SQL. Whatever comes from outside is bound, never part of the text.
/// Confined to one query.
final class Where {

  private static final String ENDED_WELL =
      Arrays.stream(Category.values())
          .filter(Category::endsWell)
          .map(category -> "'" + category.word() + "'")
          .collect(Collectors.joining(", "));

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  static Where of(ExchangeQuery query) {
    Where where = new Where();
    query.filters().forEach(where::add);
    query.before().ifPresent(id -> where.add("id < ?", id));
    return where;
  }

  /// The clause, empty if there is no condition.
  String sql() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  /// Binds the values.
  ///
  /// @return the index of the next parameter
  int bind(PreparedStatement statement) throws SQLException {
    int next = 1;
    for (Object value : values) {
      statement.setObject(next++, value);
    }
    return next;
  }

  private void add(ExchangeFilter filter) {
    switch (filter) {
      case ExchangeFilter.From(var at) -> add("started_at >= ?", time(at));
      case ExchangeFilter.Until(var at) -> add("started_at < ?", time(at));
      case ExchangeFilter.ProviderIs(var provider) -> add("provider = ?", provider);
      case ExchangeFilter.OperationIs(var operation) -> add("operation = ?", operation.word());
      case ExchangeFilter.OriginIs(var origin) -> add("origin = ?", origin.word());
      case ExchangeFilter.CategoryIs(var category) -> add("category = ?", category.word());
      case ExchangeFilter.MoneyIs(var money) -> add("money = ?", money.word());
      case ExchangeFilter.ProgressIs(var progress) -> add("progress = ?", progress.word());
      case ExchangeFilter.Trace(var trace) -> add("trace_id = ?", ExchangeRow.traceId(trace));
      case ExchangeFilter.Reference(var reference) -> add("reference = ?", reference);
      case ExchangeFilter.RequestId(var id) ->
          add("(request_id = ? or gateway_request_id = ?)", id, id);
      case ExchangeFilter.Text(var text) -> addText("%" + escaped(text) + "%");
      case ExchangeFilter.Trouble() ->
          add("(category not in (" + ENDED_WELL + ") or money = 'in_doubt')");
    }
  }

  private void addText(String pattern) {
    add(
        """
        (target ilike ? escape '!' or request_body ilike ? escape '!'
          or answer_body ilike ? escape '!' or gateway_code ilike ? escape '!'
          or gateway_message ilike ? escape '!')\
        """,
        pattern,
        pattern,
        pattern,
        pattern,
        pattern);
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
}
