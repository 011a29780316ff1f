package io.tollwatch.ledger.store;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What reports read: rows as they come, so that memory does not grow with their number.
/// Thread-safe. Every method throws [java.io.UncheckedIOException] if the database fails, or does
/// not answer a question within 30 seconds.
public final class ReportReader {

  private final Store store;

  ReportReader(Store store) {
    this.store = store;
  }

  /// Which exchanges of a slice are wanted.
  public enum Wanted {
    ALL,
    /// What did not end well or is in doubt.
    TROUBLE,
    /// What ended, but not in success.
    NO_SUCCESS,
    /// What is in doubt now.
    IN_DOUBT,
    /// What may have been attempted twice.
    DUPLICATE,
    /// What was refused, by a decision that was kept with it.
    REFUSED
  }

  /// Gives the facts of all exchanges of a slice, oldest first.
  public void facts(Slice slice, Consumer<Fact> taker) {
    Where where = where(slice.filters());
    new Question(
            "select %s%s%s order by %s"
                .formatted(FactsRow.FACT, where.from(), where.sql(), where.no()),
            (_, select) -> where.bind(select))
        .each(store, row -> taker.accept(FactsRow.fact(row)));
  }

  /// Gives exchanges of a slice as they are kept, oldest first, however long the taker takes.
  public void exchanges(Slice slice, Wanted wanted, Consumer<Exchange> taker) {
    pages(slice, wanted).each(taker);
  }

  /// Gives exchanges of a slice as [ExchangeJson#write] writes them, oldest first, however long the
  /// taker takes: in a fraction of the time that making and writing them would take.
  public void documents(Slice slice, Wanted wanted, Consumer<String> taker) {
    pages(slice, wanted).documents(taker);
  }

  /// The newest exchanges of a slice, newest first.
  ///
  /// @param limit how many at most, 1 to [ExchangeQuery#MAX_LIMIT]
  public List<Exchange> newest(Slice slice, Wanted wanted, int limit) {
    return store.reader().find(new ExchangeQuery(filters(slice, wanted), Optional.empty(), limit));
  }

  /// Gives how many exchanges of a slice have the same facts, in no order: a kind may come more
  /// than once. They were counted by the hour as they were fed, unless only one channel is asked
  /// for.
  public void counts(Slice slice, Consumer<CallCount> taker) {
    if (slice.channel().isPresent()) {
      facts(slice, fact -> taker.accept(CallCount.of(fact)));
      return;
    }
    CallCounts.read(store, slice, taker);
  }

  /// Gives the exchanges of a slice that ended, but not in success, or are in doubt, oldest first,
  /// with why.
  ///
  /// @param taker must be quick
  public void noSuccess(Slice slice, Consumer<NoSuccess> taker) {
    NoSuccessRow.question(where(slice.filters()))
        .each(store, row -> taker.accept(NoSuccessRow.read(row)));
  }

  private Where where(List<ExchangeFilter> filters) {
    return Where.of(ExchangeQuery.of(filters.toArray(ExchangeFilter[]::new)), store.database());
  }

  /// Gives exchanges of a slice that were kept from a provider, oldest first.
  public void movedFrom(String provider, Slice slice, Consumer<Exchange> taker) {
    Stream<ExchangeFilter> more = Stream.of(new ExchangeFilter.Skipped(provider));
    new ExchangePages(store, Stream.concat(slice.filters().stream(), more).toList()).each(taker);
  }

  /// Whether a slice has any such exchange.
  public boolean any(Slice slice, Wanted wanted) {
    return pages(slice, wanted).any();
  }

  private ExchangePages pages(Slice slice, Wanted wanted) {
    return new ExchangePages(store, filters(slice, wanted));
  }

  private static List<ExchangeFilter> filters(Slice slice, Wanted wanted) {
    Stream<ExchangeFilter> more =
        switch (wanted) {
          case ALL -> Stream.of();
          case TROUBLE -> Stream.of(new ExchangeFilter.Trouble());
          case NO_SUCCESS -> Stream.of(new ExchangeFilter.NoSuccess());
          case DUPLICATE -> Stream.of(new ExchangeFilter.Duplicate());
          case REFUSED -> Stream.of(new ExchangeFilter.Refused());
          case IN_DOUBT -> Stream.of(new ExchangeFilter.MoneyIs(Money.IN_DOUBT));
        };
    return Stream.concat(slice.filters().stream(), more).toList();
  }

  /// When the oldest exchange started, but for what stays because it is in doubt or runs; empty if
  /// there is none.
  public Optional<Instant> oldest() {
    List<OffsetDateTime> oldest =
        new Question(
                """
                select e.started_at from exchange e
                where not exists (select 1 from exchange_unsettled u where u.no = e.no)
                order by e.no limit 1
                """,
                (_, _) -> {})
            .list(store, row -> row.getObject(1, OffsetDateTime.class));
    return oldest.stream().filter(Objects::nonNull).findFirst().map(OffsetDateTime::toInstant);
  }

  /// Gives how breakers changed, oldest first.
  ///
  /// @param taker must be quick
  public void breakerChanges(TimeWindow window, Consumer<BreakerChange> taker) {
    ResolutionRows.changes(store, window, taker);
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

  /// Gives payments that were judged to be in doubt, oldest first, with when they were resolved:
  /// all of that time, and of the time before those that are in doubt still.
  public void pastDoubts(TimeWindow window, Consumer<PastDoubt> taker) {
    ResolutionRows.pastDoubts(store, window, taker);
  }

  /// Gives the times at which webhooks told what payments came to, oldest first, each with its
  /// provider.
  ///
  /// @param taker must be quick
  public void webhooks(TimeWindow window, BiConsumer<String, Instant> taker) {
    ResolutionRows.webhooks(store, window, taker);
  }

  /// The incidents that were kept and reach into that time, by when they started.
  public List<Incident> incidents(TimeWindow window) {
    return IncidentRows.within(store, window);
  }

  /// The incident that was kept under that id.
  public Optional<Incident> incident(String id) {
    return IncidentRows.one(store, id);
  }

  /// The incidents that were kept and still last, by when they started.
  public List<Incident> openIncidents() {
    return IncidentRows.open(store);
  }

  /// What was noted of an incident, oldest first.
  public List<IncidentNote> incidentNotes(String id) {
    return IncidentRows.notes(store, id);
  }
}
