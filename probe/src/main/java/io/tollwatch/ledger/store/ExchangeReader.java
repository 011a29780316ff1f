package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the ledger, while it is being written or when no sidecar runs. Thread-safe. Every method
/// throws [UncheckedIOException] if the database fails, or does not answer within 30 seconds.
public final class ExchangeReader implements AutoCloseable {

  /// How much of an id must be given to find an exchange by it, in characters.
  public static final int MIN_ID_PREFIX = 8;

  private static final int ID_LENGTH = 26;
  private static final Pattern ID_PREFIX = Pattern.compile("[0-9A-HJKMNP-TV-Z]{8,26}");

  private static final String SELECT =
      "select "
          + DetailRow.COLUMNS
          + """
           from exchange e join exchange_detail d on d.no = e.no
            left join exchange_body b on b.no = e.no
          """;

  private final Store store;
  private final boolean ownsStore;

  ExchangeReader(Store store, boolean ownsStore) {
    this.store = store;
    this.ownsStore = ownsStore;
  }

  /// What came of opening a store to be read.
  public sealed interface Opening {
    /// It can be read. Whoever asked for it closes it.
    record Ready(ExchangeReader reader) implements Opening {}

    /// It can't.
    ///
    /// @param reason one sentence for people
    record Refused(String reason) implements Opening {}
  }

  /// Opens a store that nobody feeds now. It is closed with the reader.
  public static Opening open(Store store) {
    try {
      store.open();
      return new Opening.Ready(new ExchangeReader(store, true));
    } catch (SQLException e) {
      store.close();
      return new Opening.Refused("the ledger can't be opened: " + e.getMessage());
    }
  }

  /// The exchanges wanted, newest first.
  public List<Exchange> find(ExchangeQuery query) {
    List<Join.Wanted> joins = joins(query);
    Where where = Where.of(query, store.database());
    if (!joins.isEmpty()) {
      Set<Long> joined = Lookup.search(store, joins);
      if (joined.isEmpty()) {
        return List.of(); // asked for a number that is none of none, a database reads all rows
      }
      where = where.among(joined);
    }
    List<Exchange> found = new ArrayList<>();
    long below = query.before().map(this::numberOf).orElse(Long.MAX_VALUE);
    boolean more = true;
    while (more) {
      int limit = query.limit() - found.size();
      List<Long> page = numbers(where.below(below), limit);
      show(page).stream()
          .filter(each -> joins.stream().allMatch(join -> join.meets(each)))
          .forEach(found::add);
      // some may only have had the same hash
      more = page.size() == limit && found.size() < query.limit();
      below = page.isEmpty() ? below : page.getLast();
    }
    return found;
  }

  private static List<Join.Wanted> joins(ExchangeQuery query) {
    List<Join.Wanted> joins = new ArrayList<>();
    for (ExchangeFilter filter : query.filters()) {
      switch (filter) {
        case ExchangeFilter.Trace(var trace) ->
            joins.add(new Join.Wanted(List.of(Join.TRACE), DetailRow.traceId(trace)));
        case ExchangeFilter.Reference(var reference) ->
            joins.add(new Join.Wanted(List.of(Join.REFERENCE), reference));
        case ExchangeFilter.RequestId(var id) ->
            joins.add(new Join.Wanted(List.of(Join.REQUEST, Join.GATEWAY), id));
        default -> {
          // SQL's
        }
      }
    }
    return joins;
  }

  private List<Long> numbers(Where where, int limit) {
    return new Question(
            "select e.no%s%s order by %s desc limit ?"
                .formatted(where.from(), where.sql(), where.no()),
            (_, select) -> select.setInt(where.bind(select), limit))
        .list(store, row -> row.getLong(1));
  }

  private List<Exchange> show(List<Long> numbers) {
    if (numbers.isEmpty()) {
      return List.of();
    }
    return ResolutionRows.added(
        store,
        new Question(
                SELECT + " where e.no = any(?) order by e.no desc",
                (connection, select) ->
                    select.setArray(1, connection.createArrayOf("bigint", numbers.toArray())))
            .list(store, DetailRow::exchange));
  }

  /// The number of an exchange's rows, or what it would be; of the beginning of an id, the lowest.
  private long numberOf(String id) {
    try (Connection connection = store.connect()) {
      KnownRow row = KnownRow.find(connection, List.of(id)).byId().get(id);
      return row == null ? RowNumber.first(filled(id, "0")) : row.no();
    } catch (SQLException e) {
      throw Question.unread(e);
    }
  }

  private static String filled(String begun, String digit) {
    return begun + digit.repeat(Math.max(ID_LENGTH - begun.length(), 0));
  }

  /// The exchange with that id.
  ///
  /// @param id the whole id, or at least its first [#MIN_ID_PREFIX] characters, in any case; empty
  ///   comes back for a shorter one, and for one that several exchanges share
  public Optional<Exchange> byId(String id) {
    String first = id.toUpperCase(Locale.ROOT);
    if (!ID_PREFIX.matcher(first).matches()) {
      return Optional.empty();
    }
    String low = filled(first, "0");
    String high = filled(first, "Z");
    List<Exchange> found =
        new Question(
                SELECT
                    + """
                     where e.no >= ? and e.no < ? and e.id >= ? and e.id <= ?
                    order by e.no limit 2
                    """,
                (_, select) -> {
                  select.setLong(1, RowNumber.first(low));
                  select.setLong(2, RowNumber.first(high) + RowNumber.SLOTS);
                  select.setString(3, low);
                  select.setString(4, high);
                })
            .list(store, DetailRow::exchange);
    return found.size() == 1
        ? ResolutionRows.added(store, found).stream().findFirst()
        : Optional.empty();
  }

  /// What judging that exchange again came to, oldest first.
  ///
  /// @param exchange the whole id
  public List<Rejudgement> rejudgements(String exchange) {
    return Rejudgements.of(store, exchange);
  }

  /// Counts by provider, category and money since that time.
  public LedgerSummary summary(Instant since) {
    List<LedgerSummary.Line> lines =
        new Question(
                """
                select provider, category, money, count(*) from exchange
                where no >= ? and started_at >= ? and money is not null
                group by provider, category, money order by provider, category, money
                """,
                (_, select) -> {
                  select.setLong(1, RowNumber.from(since));
                  select.setObject(2, since.atOffset(ZoneOffset.UTC));
                })
            .list(
                store,
                row ->
                    new LedgerSummary.Line(
                        row.getString(1),
                        Category.ofWord(row.getString(2)),
                        Money.ofWord(row.getString(3)),
                        row.getLong(4)));
    return new LedgerSummary(since, lines, countInDoubt());
  }

  /// What was learned of payments in doubt after that, oldest first.
  ///
  /// @param exchange of those of that very moment, the ones of later exchanges
  /// @param until before when
  /// @param limit how many at most, 1 to [ExchangeQuery#MAX_LIMIT]
  public List<Resolution> resolutionsAfter(
      Instant after, String exchange, Instant until, int limit) {
    return ResolutionRows.after(store, after, exchange, until, limit);
  }

  /// How many exchanges are in doubt, and not resolved.
  public long countInDoubt() {
    return new Question(
            "select count(*) from exchange_unsettled where in_doubt", (connection, select) -> {})
        .list(store, row -> row.getLong(1))
        .getFirst();
  }

  /// The newest exchanges in doubt that are not resolved.
  ///
  /// @param limit how many at most, 1 to [ExchangeQuery#MAX_LIMIT]
  public List<Exchange> inDoubt(int limit) {
    return find(ExchangeQuery.of(new ExchangeFilter.MoneyIs(Money.IN_DOUBT)).limit(limit));
  }

  /// Closes what [#open] opened; beside a running ledger it does nothing.
  @Override
  public void close() {
    if (ownsStore) {
      store.close();
    }
  }
}
