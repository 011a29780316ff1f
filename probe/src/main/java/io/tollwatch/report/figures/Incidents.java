package io.tollwatch.report.figures;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Makes incidents of what breakers did, told oldest first. What one provider's breakers do at the
/// same time is one incident, and so is what comes back within ten minutes. Confined to one report.
public final class Incidents implements Consumer<BreakerChange> {

  private static final Duration SAME = Duration.ofMinutes(10);

  private final SortedMap<String, Period> latest = new TreeMap<>();
  private final List<Period> periods = new ArrayList<>();

  /// A breaker that was not closed before its first change is of an incident that began earlier
  /// than is told: it counts from that change.
  @Override
  public void accept(BreakerChange change) {
    String provider = change.breaker().provider();
    Period period = latest.get(provider);
    if (period == null || period.isOver(change.at())) {
      if (!isBad(change.to()) && !isBad(change.from())) {
        return;
      }
      period = new Period(provider);
      periods.add(period);
      latest.put(provider, period);
    }
    period.take(change);
  }

  /// All of them, by when they began.
  public List<Incident> found() {
    return periods.stream()
        .map(Period::incident)
        .sorted(Comparator.comparing(Incident::detected).thenComparing(Incident::provider))
        .toList();
  }

  /// Whether a breaker in that state keeps calls away. One that somebody closed lets them through.
  private static boolean isBad(BreakerState state) {
    return switch (state) {
      case OPEN, HALF_OPEN, RAMPING, FORCED_OPEN -> true;
      case CLOSED, FORCED_CLOSED, OBSERVE_ONLY -> false;
    };
  }

  /// An incident that may still grow.
  private static final class Period {

    private final String provider;
    private final List<BreakerChange> changes = new ArrayList<>();
    private final Set<BreakerKey> bad = new HashSet<>();
    private Optional<Instant> ended = Optional.empty();

    Period(String provider) {
      this.provider = provider;
    }

    boolean isOver(Instant at) {
      return ended.filter(end -> end.plus(SAME).isBefore(at)).isPresent();
    }

    void take(BreakerChange change) {
      if (isBad(change.to())) {
        bad.add(change.breaker());
        ended = Optional.empty();
      } else if (isBad(change.from())) {
        bad.remove(change.breaker());
        ended = bad.isEmpty() ? Optional.of(change.at()) : Optional.empty();
      }
      changes.add(change);
    }

    Incident incident() {
      return new Incident(provider, ended, changes);
    }
  }
}
