package io.tollwatch.ledger.store;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.taxonomy.Operation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Reads what was learned beside exchanges. Stateless.
final class ResolutionRows {

  private static final String OF_EXCHANGES =
      "select exchange, document from resolution where no = any(?) order by resolved_at";

  private static final String WITHIN =
      "select exchange, document from resolution where no > ? and no <= ? order by resolved_at";

  private static final String PAST_DOUBT =
      """
      select e.provider, e.operation, e.started_at, (
        select max(r.resolved_at) from resolution r
        where r.no > e.no - %d and r.no <= e.no and r.exchange = e.id)
      """
          .formatted(RowNumber.SLOTS);

  private static final Duration LATEST_WEBHOOK = Duration.ofDays(1);

  private ResolutionRows() {}

  /// The exchanges with what they came to later.
  static List<Exchange> added(Store store, List<Exchange> exchanges) {
    List<Long> numbers = new ArrayList<>();
    for (Exchange each : exchanges) {
      if (each.intent().movesMoney()) {
        numbers.add(RowNumber.first(each.id()));
      }
    }
    if (numbers.isEmpty()) {
      return exchanges;
    }
    Map<String, List<Resolution>> found =
        byExchange(
            store,
            new Question(
                OF_EXCHANGES,
                (connection, select) ->
                    select.setArray(1, connection.createArrayOf("bigint", numbers.toArray()))));
    return exchanges.stream()
        .map(each -> each.resolved(found.getOrDefault(each.id(), List.of())))
        .toList();
  }

  /// What exchanges of these numbers, and of those between, came to later, oldest first.
  static Map<String, List<Resolution>> within(Store store, long first, long last) {
    return byExchange(
        store,
        new Question(
            WITHIN,
            (_, select) -> {
              select.setLong(1, first - RowNumber.SLOTS);
              select.setLong(2, last);
            }));
  }

  private static Map<String, List<Resolution>> byExchange(Store store, Question question) {
    Map<String, List<Resolution>> found = new HashMap<>();
    question.each(
        store,
        row ->
            found
                .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                .add(ExchangeJson.entry(row.getBytes(2), Resolution.class)));
    return found;
  }

  /// Resolutions in the order of time.
  static List<Resolution> after(
      Store store, Instant after, String exchange, Instant until, int limit) {
    return new Question(
            """
            select document from resolution
            where (resolved_at > ? or resolved_at = ? and exchange > ?) and resolved_at < ?
            order by resolved_at, exchange limit ?
            """,
            (_, select) -> {
              var from = after.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
              select.setObject(1, from);
              select.setObject(2, from);
              select.setString(3, exchange);
              select.setObject(4, until.atOffset(ZoneOffset.UTC));
              select.setInt(5, limit);
            })
        .list(store, row -> ExchangeJson.entry(row.getBytes(1), Resolution.class));
  }

  /// The changes of breakers in that time, oldest first.
  ///
  /// @param limit how many at most
  static List<BreakerChange> changes(Store store, TimeWindow window, int limit) {
    return new Question(
            """
            select document from breaker_change where changed_at >= ? and changed_at < ?
            order by changed_at limit ?
            """,
            (_, select) -> bind(select, window, limit))
        .list(store, row -> ExchangeJson.entry(row.getBytes(1), BreakerChange.class));
  }

  /// Gives the changes of breakers in that time, oldest first.
  static void changes(Store store, TimeWindow window, Consumer<BreakerChange> taker) {
    new Question(
            """
            select document from breaker_change where changed_at >= ? and changed_at < ?
            order by changed_at, provider, operation, rail
            """,
            (_, select) -> {
              select.setObject(1, window.from().atOffset(ZoneOffset.UTC));
              select.setObject(2, window.until().atOffset(ZoneOffset.UTC));
            })
        .each(store, row -> taker.accept(ExchangeJson.entry(row.getBytes(1), BreakerChange.class)));
  }

  /// Gives what is in doubt since before that time, then what was judged to be in doubt in it: the
  /// service's own calls.
  static void pastDoubts(Store store, TimeWindow window, Consumer<PastDoubt> taker) {
    new Question(
            PAST_DOUBT
                + """
                from exchange_unsettled u join exchange e on e.no = u.no
                where u.in_doubt and u.no < ? and e.started_at < ? and e.origin = 'live'
                order by e.no
                """,
            (_, select) -> {
              select.setLong(1, RowNumber.until(window.from()));
              select.setObject(2, window.from().atOffset(ZoneOffset.UTC));
            })
        .each(store, row -> taker.accept(pastDoubt(row)));
    new Question(
            PAST_DOUBT
                + """
                from exchange e
                where e.no >= ? and e.no < ? and e.started_at >= ? and e.started_at < ?
                  and e.money = 'in_doubt' and e.origin = 'live' order by e.no
                """,
            (_, select) -> {
              select.setLong(1, RowNumber.from(window.from()));
              select.setLong(2, RowNumber.until(window.until()));
              select.setObject(3, window.from().atOffset(ZoneOffset.UTC));
              select.setObject(4, window.until().atOffset(ZoneOffset.UTC));
            })
        .each(store, row -> taker.accept(pastDoubt(row)));
  }

  private static PastDoubt pastDoubt(ResultSet row) throws SQLException {
    return new PastDoubt(
        row.getString(1),
        Operation.ofWord(row.getString(2)),
        row.getObject(3, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject(4, OffsetDateTime.class)).map(OffsetDateTime::toInstant));
  }

  /// Gives when webhooks resolved payments, oldest first. Of payments that are older than
  /// [#LATEST_WEBHOOK] by then nothing comes: all of the table would have to be read for them.
  static void webhooks(Store store, TimeWindow window, BiConsumer<String, Instant> taker) {
    new Question(
            """
            select e.provider, r.document from resolution r
            join exchange e on e.no >= r.no and e.no < r.no + %d and e.id = r.exchange
            where r.no >= ? and r.resolved_at >= ? and r.resolved_at < ? order by r.resolved_at
            """
                .formatted(RowNumber.SLOTS),
            (_, select) -> {
              select.setLong(1, RowNumber.from(window.from().minus(LATEST_WEBHOOK)));
              select.setObject(2, window.from().atOffset(ZoneOffset.UTC));
              select.setObject(3, window.until().atOffset(ZoneOffset.UTC));
            })
        .each(
            store,
            row -> {
              Resolution resolution = ExchangeJson.entry(row.getBytes(2), Resolution.class);
              if (resolution.by() == Resolution.By.EVIDENCE) {
                taker.accept(row.getString(1), resolution.at());
              }
            });
  }

  /// The newest change of that breaker that is in the store.
  static Optional<BreakerChange> newest(Store store, BreakerChange of) {
    return new Question(
            """
            select document from breaker_change where provider = ? and operation = ? and rail = ?
            order by changed_at desc limit 1
            """,
            (_, select) -> {
              select.setString(1, of.breaker().provider());
              select.setString(2, of.breaker().operation().word());
              select.setString(3, of.breaker().rail().orElse(""));
            })
        .list(store, row -> ExchangeJson.entry(row.getBytes(1), BreakerChange.class)).stream()
            .findFirst();
  }

  private static void bind(PreparedStatement select, TimeWindow window, int limit)
      throws SQLException {
    select.setObject(1, window.from().atOffset(ZoneOffset.UTC));
    select.setObject(2, window.until().atOffset(ZoneOffset.UTC));
    select.setInt(3, limit);
  }
}
