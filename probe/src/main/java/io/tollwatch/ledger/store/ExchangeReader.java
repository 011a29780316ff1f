package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the ledger, while it is being written or when no sidecar runs. Thread-safe. Every method
/// throws [UncheckedIOException] if the database fails, or does not answer within 30 seconds.
public final class ExchangeReader implements AutoCloseable {

  /// How much of an id must be given to find an exchange by it, in characters.
  public static final int MIN_ID_PREFIX = 8;

  private static final int ID_LENGTH = 26;
  private static final Pattern ID_PREFIX = Pattern.compile("[0-9A-Z]{8,26}");

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
    Where where = Where.of(query);
    List<Long> found =
        new Question(
                "select e.no from exchange e" + where.sql() + " order by e.id desc limit ?",
                (connection, select) -> select.setInt(where.bind(select), query.limit()))
            .list(store, row -> row.getLong(1));
    return found.isEmpty() ? List.of() : show(found);
  }

  private List<Exchange> show(List<Long> numbers) {
    return new Question(
            SELECT + " where e.no = any(?) order by e.id desc",
            (connection, select) ->
                select.setArray(1, connection.createArrayOf("bigint", numbers.toArray())))
        .list(store, DetailRow::exchange);
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
    String last = first + "Z".repeat(ID_LENGTH - first.length());
    List<Exchange> found =
        new Question(
                SELECT + " where e.id >= ? and e.id <= ? order by e.id limit 2",
                (connection, select) -> {
                  select.setString(1, first);
                  select.setString(2, last);
                })
            .list(store, DetailRow::exchange);
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// Counts by provider, category and money since that time.
  public LedgerSummary summary(Instant since) {
    List<LedgerSummary.Line> lines =
        new Question(
                """
                select provider, category, money, count(*) from exchange
                where started_at >= ? and money is not null
                group by provider, category, money order by provider, category, money
                """,
                (connection, select) -> select.setObject(1, since.atOffset(ZoneOffset.UTC)))
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

  /// How many exchanges are in doubt.
  public long countInDoubt() {
    return new Question(
            "select count(*) from exchange_unsettled where in_doubt", (connection, select) -> {})
        .list(store, row -> row.getLong(1))
        .getFirst();
  }

  /// The newest exchanges in doubt.
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
