package io.tollwatch.report;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.ReportReader.Wanted;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.report.incident.IncidentSearch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What the ledger has of one incident, but for its exchanges. Immutable.
///
/// @param calls the calls of its scope in its time
/// @param around its time, and half an hour before and after it
/// @param changes of the breakers of its scope around it, oldest first
/// @param notes oldest first
record IncidentFacts(
    Incident incident,
    Slice calls,
    TimeWindow around,
    List<BreakerChange> changes,
    List<IncidentNote> notes) {

  private static final Duration AROUND = Duration.ofMinutes(30);

  IncidentFacts {
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  /// @param now up to when is looked
  static IncidentFacts of(Incident incident, Instant now, ReportReader ledger) {
    Slice all = IncidentSearch.slice(incident, now);
    Instant after = all.window().until().plus(AROUND);
    TimeWindow around =
        new TimeWindow(
            all.window().from().minus(AROUND),
            incident.recoveredAt().isPresent() && after.isBefore(now) ? after : now);
    List<BreakerChange> changes = new ArrayList<>();
    ledger.breakerChanges(
        around,
        change -> {
          if (isAbout(incident, change) && changes.size() < BreakerTable.SHOWN) {
            changes.add(change);
          }
        });
    return new IncidentFacts(
        incident, all.from(Origin.LIVE), around, changes, ledger.incidentNotes(incident.id()));
  }

  private static boolean isAbout(Incident incident, BreakerChange change) {
    return incident
        .scope()
        .provider()
        .filter(it -> !it.equals(change.breaker().provider()))
        .isEmpty();
  }

  /// Gives the calls about which something was decided: refused ones, then those that were kept
  /// from the provider, each once.
  void decided(ReportReader ledger, Consumer<Exchange> taker) {
    ledger.exchanges(calls, Wanted.REFUSED, taker);
    calls
        .provider()
        .ifPresent(provider ->
            ledger.movedFrom(
                provider,
                Slice.of(calls.window()).from(Origin.LIVE),
                exchange -> {
                  if (!exchange.intent().provider().equals(provider)) {
                    taker.accept(exchange);
                  }
                }));
  }

  /// The calls of its scope around it.
  Slice callsAround() {
    return calls.during(around);
  }

  /// What checks did at the provider around it, whatever the operation.
  Slice checksAround() {
    return new Slice(
        around,
        calls.provider(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Origin.SYNTHETIC));
  }
}
