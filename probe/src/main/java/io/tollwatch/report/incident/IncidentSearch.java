package io.tollwatch.report.incident;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds incidents in a ledger: a pure function of what is in it. One that was kept before keeps
/// its name, also when more is known of it now. Immutable, thread-safe.
public record IncidentSearch(ReportReader ledger) {

  /// What is normal comes from the day before, see [Course].
  private static final Duration NORMAL = Duration.ofHours(26);

  /// How long before the time asked for a breaker may have opened that reaches into it.
  private static final Duration BREAKERS = Duration.ofDays(7);

  /// Of one that was not kept it is looked that far for its end.
  private static final Duration LONGEST = Duration.ofDays(2);

  /// Signs are over later than they could be told to be.
  private static final Duration SPARE = Duration.ofHours(1);

  /// Those that reach into a time, by when they started. What was deleted meanwhile is told as it
  /// was kept.
  ///
  /// @return with the cost that was kept with them, see [#costed]
  public List<Incident> within(TimeWindow window) {
    List<Incident> kept = ledger.incidents(window);
    List<Incident> lasting = kept.stream().filter(each -> !isPast(each)).toList();
    List<Incident> past = kept.stream().filter(this::isPast).toList();
    List<Incident> all =
        new ArrayList<>(
            named(found(window), lasting).stream()
                .filter(each -> past.stream().noneMatch(it -> isSame(it, each)))
                .toList());
    Set<String> names = new HashSet<>();
    all.forEach(each -> names.add(each.id()));
    kept.stream().filter(each -> !names.contains(each.id())).forEach(all::add);
    all.sort(Comparator.comparing(Incident::startedAt).thenComparing(Incident::id));
    return List.copyOf(all);
  }

  /// Whether it is over and calls of it are deleted already: what is left shows less than was seen.
  private boolean isPast(Incident kept) {
    return kept.recoveredAt().isPresent()
        && ledger.oldest().filter(at -> !at.isAfter(kept.startedAt())).isEmpty();
  }

  /// The one with that id, with what it cost.
  ///
  /// @param now up to when is looked
  public Optional<Incident> byId(String id, Instant now) {
    Optional<Incident> kept = ledger.incident(id);
    return kept.map(Incident::startedAt)
        .or(() -> Merging.time(id))
        .filter(start -> start.isBefore(now))
        .flatMap(start -> {
          List<Incident> all = about(start, kept, now);
          return all.stream()
              .filter(each -> each.id().equals(id))
              .findFirst()
              .map(each -> costed(each, all, now));
        });
  }

  /// Those at that time, the way that whoever lists them sees them.
  private List<Incident> about(Instant start, Optional<Incident> kept, Instant now) {
    Instant longest = start.plus(LONGEST);
    Instant end = kept.flatMap(Incident::recoveredAt).orElse(longest);
    Instant until = end.isBefore(now) ? end.plus(SPARE) : now;
    return within(new TimeWindow(start, until.isBefore(now) ? until : now));
  }

  /// Those that can be found now, whatever was kept.
  public List<Incident> found(TimeWindow window) {
    CallWatch calls = new CallWatch();
    TimeWindow before = new TimeWindow(window.from().minus(NORMAL), window.until());
    ledger.facts(Slice.of(before).from(Origin.LIVE), calls);
    calls.finish(window.until());
    BreakerSigns breakers = new BreakerSigns();
    ledger.breakerChanges(new TimeWindow(window.from().minus(BREAKERS), window.until()), breakers);
    WebhookSigns webhooks = new WebhookSigns(calls::unsettled);
    ledger.webhooks(before, webhooks::heard);
    OldDoubts doubts = new OldDoubts(window.until());
    ledger.pastDoubts(before, doubts);
    List<Sign> signs = new ArrayList<>(calls.signs());
    signs.addAll(breakers.signs());
    signs.addAll(webhooks.signs(window.until()));
    return Merging.of(signs, doubts).stream().filter(each -> reaches(each, window)).toList();
  }

  private static boolean reaches(Incident each, TimeWindow window) {
    return each.startedAt().isBefore(window.until())
        && each.recoveredAt().filter(end -> end.isBefore(window.from())).isEmpty();
  }

  /// Gives those their names that were kept: calls that were under way then may have moved the
  /// start. Each name once.
  private static List<Incident> named(List<Incident> found, List<Incident> kept) {
    List<Incident> free = new ArrayList<>(kept);
    List<Incident> named = new ArrayList<>();
    for (Incident each : found) {
      Optional<Incident> same =
          free.stream()
              .filter(it -> isSame(it, each))
              .min(Comparator.comparing(it -> !it.id().equals(each.id())));
      same.ifPresent(free::remove);
      named.add(same.map(it -> each.named(it.id()).costing(it.cost())).orElse(each));
    }
    return named;
  }

  private static boolean isSame(Incident kept, Incident found) {
    return kept.scope().provider().equals(found.scope().provider())
        && kept.ofOldDoubtsOnly() == found.ofOldDoubtsOnly()
        && !kept.startedAt().isAfter(found.recoveredAt().orElse(Instant.MAX))
        && !found.startedAt().isAfter(kept.recoveredAt().orElse(Instant.MAX));
  }

  /// With what it cost.
  ///
  /// @param others what was found with it
  /// @param now up to when one that lasts is counted
  /// @return the cost that was kept with it, where its calls are deleted
  public Incident costed(Incident incident, List<Incident> others, Instant now) {
    Incident.Cost cost = Costing.of(incident, others, now, ledger);
    return cost.calls() < incident.cost().calls() ? incident : incident.costing(cost);
  }

  /// The calls in an incident, and those of its scope only.
  ///
  /// @param now up to when one that lasts is looked at
  public static Slice slice(Incident incident, Instant now) {
    return Costing.slice(incident, now);
  }
}
