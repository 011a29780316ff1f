package io.tollwatch.report;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.Fact;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.ReportReader.Wanted;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.report.figures.Incident;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What an incident cost, counted from its first sign: the first call in the ten minutes before a
/// breaker opened that found the provider unavailable. Confined to one report.
final class IncidentCost {

  private static final Duration LEAD = Duration.ofMinutes(10);

  private final Incident incident;
  private final Amounts opened = new Amounts();
  private final Amounts still = new Amounts();
  private final Amounts moved = new Amounts();
  private Optional<Instant> firstSign = Optional.empty();
  private long calls;
  private long failed;

  private IncidentCost(Incident incident) {
    this.incident = incident;
  }

  /// @param until how far one that lasts is counted
  /// @param scope to which calls it is bound beside
  static IncidentCost of(Incident incident, Instant until, Slice scope, ReportReader ledger) {
    IncidentCost cost = new IncidentCost(incident);
    Instant end = incident.ended().orElse(until);
    ledger.facts(cost.its(scope, incident.detected().minus(LEAD), end), cost::count);
    Slice its = cost.its(scope, cost.began(), end);
    ledger.exchanges(its, Wanted.NO_SUCCESS, cost::judge);
    ledger.exchanges(its, Wanted.IN_DOUBT, cost.still::add);
    Slice all =
        new Slice(
            its.window(), Optional.empty(), scope.channel(), scope.operation(), scope.origin());
    ledger.movedFrom(incident.provider(), all, cost::move);
    return cost;
  }

  private Slice its(Slice scope, Instant from, Instant until) {
    return new Slice(
        new TimeWindow(from, until.isBefore(from) ? from : until),
        Optional.of(incident.provider()),
        scope.channel(),
        scope.operation(),
        scope.origin());
  }

  private void count(Fact fact) {
    if (firstSign.isEmpty() && fact.ended().filter(Fact.Ended::unavailable).isPresent()) {
      firstSign = Optional.of(fact.startedAt());
    }
    if (!fact.startedAt().isBefore(began())) {
      calls++;
      failed += fact.ended().filter(Standing::isFailure).isPresent() ? 1 : 0;
    }
  }

  private void judge(Exchange exchange) {
    if (money(exchange).filter(Money.IN_DOUBT::equals).isPresent()) {
      opened.add(exchange);
    }
  }

  private void move(Exchange exchange) {
    if (!exchange.intent().provider().equals(incident.provider())
        && money(exchange).filter(Money.SUCCEEDED::equals).isPresent()) {
      moved.add(exchange);
    }
  }

  private static Optional<Money> money(Exchange exchange) {
    return exchange.outcome().map(outcome -> outcome.verdict().money());
  }

  /// When it began: with its first sign, or else when a breaker opened.
  Instant began() {
    return firstSign.filter(sign -> sign.isBefore(incident.detected())).orElse(incident.detected());
  }

  Incident incident() {
    return incident;
  }

  /// How many calls went to the provider.
  long calls() {
    return calls;
  }

  /// How many of them failed.
  long failed() {
    return failed;
  }

  /// What was judged to be in doubt.
  Amounts opened() {
    return opened;
  }

  /// What of it is in doubt now.
  Amounts still() {
    return still;
  }

  /// Payments that were kept from the provider and succeeded at another.
  Amounts moved() {
    return moved;
  }
}
