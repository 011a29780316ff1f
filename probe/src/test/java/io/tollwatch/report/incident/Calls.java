package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.ledger.store.Fact;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Calls from 26 hours before [#START] on, minute by minute, as a test says what they come to.
final class Calls {

  static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

  private static final int DAY_BEFORE = -26 * 60;

  private final CallWatch watch = new CallWatch();
  private final List<Traffic> traffics = new ArrayList<>();

  /// What calls of a minute come to.
  @FunctionalInterface
  interface Traffic {
    List<Fact> of(int minute);
  }

  Calls with(Traffic traffic) {
    traffics.add(traffic);
    return this;
  }

  /// The signs of all traffic up to that minute.
  List<Sign> signs(int until) {
    for (int minute = DAY_BEFORE; minute < until; minute++) {
      for (Traffic each : traffics) {
        each.of(minute).forEach(watch);
      }
    }
    watch.finish(at(until));
    return watch.signs();
  }

  List<Incident> incidents(int until) {
    return Merging.of(signs(until), new OldDoubts(at(until)));
  }

  static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  static Fact call(int minute, String provider, Category category, Fault fault, long millis) {
    boolean guilty = fault == Fault.PROVIDER;
    Money money = guilty ? Money.REJECTED : category.money();
    return new Fact(
        at(minute).plusSeconds(7),
        provider,
        Operation.PAY,
        Optional.of(new Fact.Ended(category, fault, money, guilty)),
        new Fact.Durations(OptionalLong.of(millis * 1_000), Map.of()));
  }

  static Fact well(int minute, String provider) {
    return call(minute, provider, Category.SUCCEEDED, Fault.NONE, 120 + minute % 7);
  }

  static Fact broken(int minute, String provider) {
    return call(minute, provider, Category.PROVIDER_ERROR, Fault.PROVIDER, 50);
  }

  static Fact unreached(int minute, String provider) {
    return call(minute, provider, Category.NOT_SENT, Fault.NETWORK, 5_000);
  }

  static Fact declined(int minute, String provider) {
    return call(minute, provider, Category.DECLINE_SOFT, Fault.ISSUER, 150);
  }

  static boolean within(int minute, int from, int until) {
    return minute >= from && minute < until;
  }
}
