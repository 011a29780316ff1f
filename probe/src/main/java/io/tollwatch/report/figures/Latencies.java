package io.tollwatch.report.figures;

import io.tollwatch.ledger.store.Fact;
import io.tollwatch.timing.Phase;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// Histograms of durations by provider and phase. Each takes at most some 30 KB, however many facts
/// come. Confined to one report.
public final class Latencies implements Consumer<Fact> {

  private static final int DIGITS = 2;

  /// What is measured; empty stands for the whole attempt.
  private static final List<Optional<Phase>> MEASURED =
      Stream.concat(
              Stream.of(Optional.<Phase>empty()), Arrays.stream(Phase.values()).map(Optional::of))
          .toList();

  private final SortedMap<String, List<Histogram>> histograms = new TreeMap<>();

  @Override
  public void accept(Fact fact) {
    if (fact.ended().isPresent()) {
      take(fact.provider(), fact.durations());
    }
  }

  private void take(String provider, Fact.Durations durations) {
    List<Histogram> all = histograms.computeIfAbsent(provider, _ -> newHistograms());
    for (int i = 0; i < all.size(); i++) {
      durations.micros(MEASURED.get(i)).ifPresent(all.get(i)::recordValue);
    }
  }

  private static List<Histogram> newHistograms() {
    List<Histogram> made = new ArrayList<>();
    MEASURED.forEach(_ -> made.add(new Histogram(DIGITS)));
    return made;
  }

  /// By provider, then the whole attempt and its phases; what never happened is left out.
  public List<Latency> all() {
    List<Latency> all = new ArrayList<>();
    histograms.forEach((provider, durations) -> {
      for (int i = 0; i < durations.size(); i++) {
        add(all, provider, MEASURED.get(i), durations.get(i));
      }
    });
    return all;
  }

  /// How many whole attempts of a provider are known.
  public long count(String provider) {
    return whole(provider).map(Histogram::getTotalCount).orElse(0L);
  }

  /// How many of them took longer, to 1 in 100.
  public long slower(String provider, long micros) {
    return whole(provider)
        .filter(it -> it.getMaxValue() > micros)
        .map(it -> it.getCountBetweenValues(it.nextNonEquivalentValue(micros), it.getMaxValue()))
        .orElse(0L);
  }

  private Optional<Histogram> whole(String provider) {
    return Optional.ofNullable(histograms.get(provider)).map(List::getFirst);
  }

  private static void add(
      List<Latency> all, String provider, Optional<Phase> phase, Histogram durations) {
    if (durations.getTotalCount() > 0) {
      all.add(
          new Latency(
              provider,
              phase,
              durations.getTotalCount(),
              percentile(durations, 50),
              percentile(durations, 90),
              percentile(durations, 99),
              percentile(durations, 99.9),
              micros(durations.getMaxValue())));
    }
  }

  private static Duration percentile(Histogram durations, double percent) {
    return micros(durations.getValueAtPercentile(percent));
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
