package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Tells when webhooks of a provider stay away that used to come: twenty or more in the day before,
/// none for half an hour and twenty times the usual pause, while payments wait for some. Known are
/// the webhooks that settled a payment. Confined to one search.
final class WebhookSigns {

  private static final int USED_TO_COME = 20;
  private static final int PAUSES = 20;
  private static final int WAITING = 3;
  private static final Duration SHORTEST = Duration.ofMinutes(30);
  private static final Duration DAY = Duration.ofDays(1);

  private final SortedMap<String, List<Instant>> heard = new TreeMap<>();
  private final Waiting waiting;

  /// How many payments became pending or in doubt at a provider between two times.
  @FunctionalInterface
  interface Waiting {
    long count(String provider, Instant from, Instant until);
  }

  WebhookSigns(Waiting waiting) {
    this.waiting = waiting;
  }

  /// One came, no earlier than the last one.
  void heard(String provider, Instant at) {
    heard.computeIfAbsent(provider, _ -> new ArrayList<>()).add(at);
  }

  /// What is seen up to that time.
  List<Sign> signs(Instant now) {
    List<Sign> signs = new ArrayList<>();
    heard.forEach((provider, times) -> {
      int first = 0;
      for (int i = 0; i < times.size(); i++) {
        Instant last = times.get(i);
        while (times.get(first).isBefore(last.minus(DAY))) {
          first++;
        }
        Optional<Instant> next =
            i + 1 < times.size() ? Optional.of(times.get(i + 1)) : Optional.empty();
        int many = i + 1 - first;
        if (many >= USED_TO_COME) {
          Duration pause = Duration.between(times.get(first), last).dividedBy(many - 1);
          silence(provider, last, next.orElse(now), pause)
              .map(told -> sign(provider, last, told, next, pause))
              .ifPresent(signs::add);
        }
      }
    });
    return signs;
  }

  /// When a silence could be told; empty if it was none.
  private Optional<Instant> silence(String provider, Instant last, Instant end, Duration pause) {
    Duration longest = pause.multipliedBy(PAUSES);
    Instant told = last.plus(longest.compareTo(SHORTEST) > 0 ? longest : SHORTEST);
    return told.isBefore(end) && waiting.count(provider, last, told) >= WAITING
        ? Optional.of(told)
        : Optional.empty();
  }

  private static Sign sign(
      String provider, Instant last, Instant told, Optional<Instant> next, Duration pause) {
    return new Sign(
        Kind.SILENT_WEBHOOKS,
        Optional.of(provider),
        Optional.empty(),
        Optional.empty(),
        last,
        told,
        next,
        "no webhook settled a payment for %d minutes; one in %d seconds is normal"
            .formatted(Duration.between(last, told).toMinutes(), Math.max(pause.toSeconds(), 1)));
  }
}
