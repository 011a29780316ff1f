package io.tollwatch.ledger.store;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Exchange;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

/// What reports ask, each answered by one pass over the facts of the time in question: memory does
/// not grow with their number. Thread-safe. Every method throws [java.io.UncheckedIOException] if
/// the database fails, or does not answer within 30 seconds.
public final class ReportReader {

  private static final String IN_WINDOW =
      """
       from exchange where no >= ? and no < ? and started_at >= ? and started_at < ?
      """;

  private final Store store;

  ReportReader(Store store) {
    this.store = store;
  }

  /// The calls that did not end well or are in doubt, newest first.
  ///
  /// @param limit how many at most, 1 to [ExchangeQuery#MAX_LIMIT]
  public List<Exchange> failures(TimeWindow window, int limit) {
    return store
        .reader()
        .find(
            ExchangeQuery.of(
                    new ExchangeFilter.From(window.from()),
                    new ExchangeFilter.Until(window.until()),
                    new ExchangeFilter.Trouble())
                .limit(limit));
  }

  /// How long each provider's calls took, phase by phase and as a whole; phases that never happened
  /// are left out.
  public List<Latency> latencies(TimeWindow window) {
    Latencies latencies = new Latencies();
    new Question(
            "select provider, total_us, " + String.join(", ", FactsRow.PHASES) + IN_WINDOW,
            (_, select) -> bind(select, window))
        .each(store, latencies::take);
    return latencies.all();
  }

  /// How available each provider was.
  public List<Availability> availability(TimeWindow window) {
    return new Question(
            """
            select provider, count(*),
              count(case when category in (%s) then 1 end),
              count(case when sla_fault then 1 end),
              count(case when money = 'in_doubt' then 1 end),
              count(case when sla_fault or money = 'in_doubt' then 1 end)
            %s and progress is not null group by provider order by provider
            """
                .formatted(Where.ENDED_WELL, IN_WINDOW),
            (_, select) -> bind(select, window))
        .list(
            store,
            row ->
                new Availability(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6)));
  }

  /// How breakers changed, oldest first.
  ///
  /// @param limit how many at most, 1 to [ExchangeQuery#MAX_LIMIT]
  public List<BreakerChange> breakerChanges(TimeWindow window, int limit) {
    return ResolutionRows.changes(store, window, limit);
  }

  /// Whether the store has no later change of that breaker.
  public boolean isNewest(BreakerChange change) {
    return ResolutionRows.newest(store, change)
        .filter(newest -> newest.at().isAfter(change.at()))
        .isEmpty();
  }

  private static void bind(PreparedStatement select, TimeWindow window) throws SQLException {
    select.setLong(1, RowNumber.from(window.from()));
    select.setLong(2, RowNumber.until(window.until()));
    select.setObject(3, window.from().atOffset(ZoneOffset.UTC));
    select.setObject(4, window.until().atOffset(ZoneOffset.UTC));
  }
}
