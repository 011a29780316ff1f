package io.tollwatch.ledger.store;

import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A query's conditions as SQL over the facts `e`. Whatever comes from outside is bound, never part
/// of the text. Confined to one query.
final class Where {

  /// As SQL: the categories of calls that ended as calls should.
  static final String ENDED_WELL =
      Arrays.stream(Category.values())
          .filter(Category::endsWell)
          .map(category -> "'" + category.word() + "'")
          .collect(Collectors.joining(", "));

  /// Begins a condition on what lies beside the facts. No join: the facts, which are narrow, shall
  /// be gone through first, whatever a planner thinks.
  private static final String DETAIL =
      "exists (select 1 from exchange_detail s where s.no = e.no and ";

  private final List<Shortlist> shortlists;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  private final Database database;

  private Where(Database database, List<Shortlist> shortlists) {
    this.database = database;
    this.shortlists = shortlists;
  }

  /// A list of a few exchanges. H2 begins with it only where the numbers that are wanted are its
  /// own; else it goes through all facts.
  private enum Shortlist {
    IN_DOUBT("exchange_unsettled u", "u.no", " and u.in_doubt"),
    DUPLICATES("exchange_duplicate t", "t.no", ""),
    NO_SUCCESS("exchange_no_success n", "n.no", "");

    private final String no;
    private final String join;

    Shortlist(String table, String no, String more) {
      this.no = no;
      this.join = " join %s on %s = e.no%s".formatted(table, no, more);
    }

    static Stream<Shortlist> of(ExchangeFilter filter) {
      return switch (filter) {
        case ExchangeFilter.Duplicate() -> Stream.of(DUPLICATES);
        case ExchangeFilter.Trouble(), ExchangeFilter.NoSuccess() -> Stream.of(NO_SUCCESS);
        case ExchangeFilter.MoneyIs(var money) when money == Money.IN_DOUBT -> Stream.of(IN_DOUBT);
        default -> Stream.of();
      };
    }
  }

  /// The conditions of a query, but for those that a [Lookup] answers.
  static Where of(ExchangeQuery query, Database database) {
    Where where =
        new Where(database, query.filters().stream().flatMap(Shortlist::of).distinct().toList());
    query.filters().forEach(where::add);
    return where;
  }

  /// One more condition: a number below that one.
  Where below(long no) {
    return and(no() + " < ?", no);
  }

  /// One more condition: a number above that one.
  Where above(long no) {
    return and(no() + " > ?", no);
  }

  /// One more condition: one of those numbers.
  Where among(Set<Long> numbers) {
    return and("e.no = any(?)", (Object) numbers.toArray(Long[]::new));
  }

  private Where and(String condition, Object value) {
    Where both = new Where(database, shortlists);
    both.conditions.addAll(conditions);
    both.values.addAll(values);
    both.add(condition, value);
    return both;
  }

  /// Where it is looked for: the facts, and the lists that they must be on.
  String from() {
    return from(FactsRow.TABLE.name());
  }

  /// The same with another table that has the facts.
  String from(String facts) {
    return " from "
        + facts
        + " e"
        + shortlists.stream().map(list -> list.join).collect(Collectors.joining());
  }

  /// The column by whose order rows come without being sorted: the number.
  String no() {
    return shortlists.isEmpty() ? "e.no" : shortlists.getFirst().no;
  }

  /// The clause, empty if there is no condition.
  String sql() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  /// Binds the values.
  ///
  /// @return the index of the next parameter
  int bind(PreparedStatement statement) throws SQLException {
    return bind(statement, 1);
  }

  /// Binds the values from that parameter on.
  ///
  /// @return the index of the next parameter
  int bind(PreparedStatement statement, int first) throws SQLException {
    int next = first;
    for (Object value : values) {
      if (value instanceof Long[] numbers) {
        statement.setArray(next++, statement.getConnection().createArrayOf("bigint", numbers));
      } else {
        statement.setObject(next++, value);
      }
    }
    return next;
  }

  private void add(ExchangeFilter filter) {
    switch (filter) {
      case ExchangeFilter.From(var at) ->
          add(no() + " >= ? and e.started_at >= ?", RowNumber.from(at), time(at));
      case ExchangeFilter.Until(var at) ->
          add(no() + " < ? and e.started_at < ?", RowNumber.until(at), time(at));
      case ExchangeFilter.ProviderIs(var provider) -> add("e.provider = ?", provider);
      case ExchangeFilter.OperationIs(var operation) -> add("e.operation = ?", operation.word());
      case ExchangeFilter.ChannelIs(var channel) -> addChannel(channel);
      case ExchangeFilter.OriginIs(var origin) -> add("e.origin = ?", origin.word());
      case ExchangeFilter.CategoryIs(var category) -> add("e.category = ?", category.word());
      case ExchangeFilter.MoneyIs(var money) when money == Money.IN_DOUBT -> {
        // a shortlist's
      }
      case ExchangeFilter.MoneyIs(var money) -> add("e.money = ?", money.word());
      case ExchangeFilter.ProgressIs(var progress) -> add("e.progress = ?", progress.word());
      case ExchangeFilter.Trace _, ExchangeFilter.Reference _, ExchangeFilter.RequestId _ -> {
        // a lookup's
      }
      case ExchangeFilter.Text(var text) -> addText("%" + escaped(text) + "%");
      case ExchangeFilter.Trouble() ->
          add("(n.category not in (" + ENDED_WELL + ") or n.money = 'in_doubt')");
      case ExchangeFilter.Duplicate() -> {
        // a shortlist's
      }
      case ExchangeFilter.Skipped(var provider) ->
          addInIntent("\"kind\":\"skipped\",\"provider\":" + ExchangeJson.quoted(provider) + ",");
      case ExchangeFilter.Refused() -> addRefused();
      case ExchangeFilter.NoSuccess() -> add("n.category <> ?", Category.SUCCEEDED.word());
    }
  }

  private void addChannel(String channel) {
    addInIntent("\"routing\":{\"channel\":" + ExchangeJson.quoted(channel) + ",");
  }

  /// @param json begins with a quoted name: in no string of the document can it stand, since the
  ///   quotes would be escaped there
  private void addInIntent(String json) {
    add(DETAIL + database.text("s.intent") + " like ? escape '!')", "%" + escaped(json) + "%");
  }

  private void addRefused() {
    String pattern = "%" + escaped("\"kind\":\"refused\",") + "%";
    add(
        DETAIL
            + "(%s like ? escape '!' or %s like ? escape '!'))"
                .formatted(database.text("s.intent"), database.text("s.outcome")),
        pattern,
        pattern);
  }

  private void addText(String pattern) {
    add(
        "("
            + DETAIL
            + """
            (s.target ilike ? escape '!' or s.gateway_code ilike ? escape '!'
              or s.gateway_message ilike ? escape '!'))
            or exists (select 1 from exchange_body o where o.no = e.no
              and (%s ilike ? escape '!' or %s ilike ? escape '!')))\
            """
                .formatted(database.text("o.request"), database.text("o.answer")),
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
