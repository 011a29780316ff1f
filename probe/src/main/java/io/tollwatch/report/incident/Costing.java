package io.tollwatch.report.incident;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Incident.Cost;
import io.tollwatch.exchange.Incident.Sum;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.store.CallCount;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.ReportReader.Wanted;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Counts what an incident cost. Confined to one incident.
final class Costing {

  private final Incident incident;
  private final PaymentSum doubts = new PaymentSum();
  private final PaymentSum left = new PaymentSum();
  private final PaymentSum saved = new PaymentSum();
  private long calls;
  private long failed;

  private Costing(Incident incident) {
    this.incident = incident;
  }

  /// Counts it.
  ///
  /// @param others what began in these is counted there: of old doubts only those that came up
  ///   beside other incidents are an incident's own
  /// @param now up to when one that lasts is counted
  static Cost of(Incident incident, List<Incident> others, Instant now, ReportReader ledger) {
    Costing costing = new Costing(incident);
    Slice its = slice(incident, now).from(Origin.LIVE); // what checks found is no cost
    if (incident.ofOldDoubtsOnly()) {
      return costing.ofDoubts(its, others, ledger);
    }
    ledger.counts(its, costing::count);
    ledger.exchanges(its, Wanted.NO_SUCCESS, each -> costing.judge(each, _ -> true));
    ledger.exchanges(its, Wanted.IN_DOUBT, each -> costing.keep(each, _ -> true));
    incident
        .scope()
        .provider()
        .ifPresent(provider ->
            ledger.movedFrom(provider, Slice.of(its.window()).from(Origin.LIVE), costing::move));
    return new Cost(
        costing.calls,
        costing.failed,
        costing.doubts.sum(),
        costing.left.sum(),
        costing.saved.sum());
  }

  /// One that lasts may have begun months ago: of its doubts those count that are left.
  private Cost ofDoubts(Slice its, List<Incident> others, ReportReader ledger) {
    Predicate<Exchange> own = each -> others.stream().noneMatch(it -> covers(it, each));
    ledger.exchanges(its, Wanted.IN_DOUBT, each -> keep(each, own));
    if (incident.recoveredAt().isPresent()) {
      ledger.exchanges(its, Wanted.NO_SUCCESS, each -> judge(each, own));
    }
    Sum all = incident.recoveredAt().isPresent() ? doubts.sum() : left.sum();
    return new Cost(all.payments(), all.payments(), all, left.sum(), Sum.none());
  }

  private static boolean covers(Incident other, Exchange exchange) {
    Instant at = exchange.intent().startedAt();
    return !other.ofOldDoubtsOnly()
        && other.scope().provider().filter(it -> !it.equals(exchange.intent().provider())).isEmpty()
        && !at.isBefore(other.startedAt().minus(Merging.SAME))
        && other.recoveredAt().filter(end -> end.plus(Merging.SAME).isBefore(at)).isEmpty();
  }

  /// The calls of its scope in its time. Rails are not told apart: who pays by what the facts don't
  /// say.
  static Slice slice(Incident incident, Instant now) {
    Instant end = incident.recoveredAt().orElse(now);
    Instant from = incident.startedAt();
    return new Slice(
        new TimeWindow(from, end.isBefore(from) ? from : end),
        incident.scope().provider(),
        Optional.empty(),
        incident.scope().operation(),
        Optional.empty());
  }

  private void count(CallCount count) {
    calls += count.calls();
    failed += count.ended().filter(Standing::isFailure).isPresent() ? count.calls() : 0;
  }

  private void judge(Exchange exchange, Predicate<Exchange> own) {
    if (money(exchange).filter(Money.IN_DOUBT::equals).isPresent() && own.test(exchange)) {
      doubts.add(exchange);
    }
  }

  private void keep(Exchange exchange, Predicate<Exchange> own) {
    if (own.test(exchange)) {
      left.add(exchange);
    }
  }

  private void move(Exchange exchange) {
    boolean elsewhere =
        incident.scope().provider().filter(exchange.intent().provider()::equals).isEmpty();
    boolean same =
        incident.scope().operation().filter(it -> it != exchange.intent().operation()).isEmpty();
    if (elsewhere && same && money(exchange).filter(Money.SUCCEEDED::equals).isPresent()) {
      saved.add(exchange);
    }
  }

  private static Optional<Money> money(Exchange exchange) {
    return exchange.outcome().map(Outcome::verdict).map(verdict -> verdict.money());
  }
}
