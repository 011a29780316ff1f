package io.tollwatch.ledger;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the ledger, while it is being written or when no sidecar runs. Thread-safe. Every method
/// throws [UncheckedIOException] if the database fails, or does not answer within 30 seconds.
public final class ExchangeReader implements AutoCloseable {

  /// How much of an id must be given to find an exchange by it, in characters.
  public static final int MIN_ID_PREFIX = 8;

  private static final Pattern ID_PREFIX = Pattern.compile("[0-9A-Z]{8,26}");
  private static final int TIMEOUT_SECONDS = 30;

  private final Store store;
  private final boolean ownsStore;

  private ExchangeReader(Store store, boolean ownsStore) {
    this.store = store;
    this.ownsStore = ownsStore;
  }

  /// One that reads beside a running ledger, which closes the store itself.
  static ExchangeReader beside(Store store) {
    return new ExchangeReader(store, false);
  }

  /// What came of opening a folder's ledger.
  public sealed interface Opening {
    /// It can be read. Whoever asked for it closes it.
    record Ready(ExchangeReader reader) implements Opening {}

    /// It can't.
    ///
    /// @param reason one sentence for people
    record Refused(String reason) implements Opening {}
  }

  /// Opens the ledger of a folder in which no sidecar runs: the folder's owner is the caller. What
  /// a dead sidecar left unfinished is settled as in doubt.
  public static Opening open(DataFolder folder) {
    return open(new H2File(folder));
  }

  static Opening open(Connections connections) {
    Store store = new Store(connections);
    try {
      store.makeReady();
      return new Opening.Ready(new ExchangeReader(store, true));
    } catch (SQLException e) {
      store.close();
      return new Opening.Refused("the ledger can't be opened: " + e.getMessage());
    }
  }

  /// The exchanges wanted, newest first.
  public List<Exchange> find(ExchangeQuery query) {
    Where where = Where.of(query);
    return ask(
        ExchangeRow.SELECT + where.sql() + " order by id desc limit ?",
        select -> select.setInt(where.bind(select), query.limit()),
        ExchangeRow::exchange);
  }

  /// The exchange with that id.
  ///
  /// @param id the whole id, or at least its first [#MIN_ID_PREFIX] characters, in any case; empty
  ///   comes back for a shorter one, and for one that several exchanges share
  public Optional<Exchange> byId(String id) {
    String prefix = id.toUpperCase(Locale.ROOT);
    if (!ID_PREFIX.matcher(prefix).matches()) {
      return Optional.empty();
    }
    List<Exchange> found =
        ask(
            ExchangeRow.SELECT + " where id like ? order by id limit 2",
            select -> select.setString(1, prefix + "%"),
            ExchangeRow::exchange);
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// Counts by provider, category and money since that time.
  public LedgerSummary summary(Instant since) {
    List<LedgerSummary.Line> lines =
        ask(
            """
            select provider, category, money, count(*) from exchange
            where started_at >= ? and money is not null
            group by provider, category, money order by provider, category, money
            """,
            select -> select.setObject(1, since.atOffset(ZoneOffset.UTC)),
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
    return ask(
            "select count(*) from exchange where money = ?",
            select -> select.setString(1, Money.IN_DOUBT.word()),
            row -> row.getLong(1))
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

  private <T> List<T> ask(String sql, Binding binding, Row<T> row) {
    try (Connection connection = store.open();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setQueryTimeout(TIMEOUT_SECONDS);
      binding.bind(select);
      try (ResultSet rows = select.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row.read(rows));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new IOException("the ledger can't be read: " + e.getMessage(), e));
    }
  }

  @FunctionalInterface
  private interface Binding {
    void bind(PreparedStatement select) throws SQLException;
  }

  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
