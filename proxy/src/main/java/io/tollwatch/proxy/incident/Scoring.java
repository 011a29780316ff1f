package io.tollwatch.proxy.incident;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.fixtures.incident.Gateways;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.proxy.incident.Payment.Told;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Counts what came of an incident: money by the gateways' books, doubts by the ledger.
final class Scoring {

  /// Calls that were under way when the outage ended may still fail.
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final int MOST = 95;

  private Scoring() {}

  static Score of(List<Payment> payments, Gateways gateways, Optional<Score.Health> health) {
    List<Payment> bad = payments.stream().filter(Payment::inBadTimes).toList();
    return new Score(
        bad.size(),
        count(bad, each -> each.told() == Told.PAID && charges(gateways, each) == 1),
        count(payments, each -> charges(gateways, each) > 1),
        count(payments, each -> each.told() == Told.FAILED && charges(gateways, each) > 0),
        count(payments, each -> each.told() == Told.NOTHING),
        wait(bad),
        health);
  }

  private static int charges(Gateways gateways, Payment payment) {
    return gateways.charges(payment.reference()).size();
  }

  private static int count(List<Payment> payments, Predicate<Payment> which) {
    return Math.toIntExact(payments.stream().filter(which).count());
  }

  private static Duration wait(List<Payment> payments) {
    List<Duration> waits =
        payments.stream().flatMap(each -> each.waited().stream()).sorted().toList();
    return waits.isEmpty()
        ? Duration.ZERO
        : waits.get(Math.min(waits.size() - 1, waits.size() * MOST / 100));
  }

  /// @param from what is older does not count
  static Score.Health health(
      ExchangeReader reader, List<Replay.Turn> turns, Instant from, Instant worse, Instant well) {
    Set<String> doubts = new HashSet<>();
    Set<String> unsettled = new HashSet<>();
    Set<String> byWebhook = new HashSet<>();
    int looks = 0;
    for (Exchange each : all(reader, from)) {
      if (each.intent().origin() == Origin.RECONCILE) {
        looks++;
      } else if (wasOpen(each)) {
        String payment = each.intent().correlation().reference().orElse(each.id());
        doubts.add(payment);
        if (each.resolution().isEmpty()) {
          unsettled.add(payment);
        }
        if (each.resolution().filter(it -> it.by() == Resolution.By.EVIDENCE).isPresent()) {
          byWebhook.add(payment);
        }
      }
    }
    return new Score.Health(
        turns.stream()
            .filter(turn -> turn.to() == BreakerState.OPEN && !turn.at().isBefore(worse))
            .findFirst()
            .map(turn -> Duration.between(worse, turn.at())),
        recovered(turns, well),
        outagesAfter(turns, well.plus(GRACE)),
        doubts.size(),
        doubts.size() - unsettled.size(),
        byWebhook.size(),
        looks);
  }

  private static boolean wasOpen(Exchange exchange) {
    return exchange.intent().movesMoney()
        && exchange
            .outcome()
            .map(outcome -> outcome.verdict().money())
            .filter(money -> money != Money.IN_DOUBT && money != Money.PENDING)
            .isEmpty();
  }

  private static Optional<Duration> recovered(List<Replay.Turn> turns, Instant well) {
    return turns.stream()
        .filter(turn -> turn.to() == BreakerState.CLOSED && turn.at().isAfter(well))
        .reduce((_, last) -> last)
        .map(turn -> Duration.between(well, turn.at()));
  }

  private static int outagesAfter(List<Replay.Turn> turns, Instant well) {
    return Math.toIntExact(
        turns.stream()
            .filter(turn -> turn.to() == BreakerState.OPEN && turn.at().isAfter(well))
            .filter(turn -> turn.from() != BreakerState.HALF_OPEN)
            .count());
  }

  private static List<Exchange> all(ExchangeReader reader, Instant from) {
    List<Exchange> all = new ArrayList<>();
    ExchangeQuery query = ExchangeQuery.of().limit(ExchangeQuery.MAX_LIMIT);
    List<Exchange> page = reader.find(query);
    while (!page.isEmpty()) {
      page.stream().filter(each -> !each.intent().startedAt().isBefore(from)).forEach(all::add);
      page = reader.find(query.before(page.getLast().id()));
    }
    return all;
  }
}
