package io.tollwatch.ledger.store;

import io.tollwatch.timing.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// Histograms of durations by provider and phase, filled row by row. Each takes at most some 30 KB.
/// Confined to one question.
final class Latencies {

  private static final int DIGITS = 2;
  private static final int FIRST_DURATION = 2;

  /// What is measured, in the columns' order; empty stands for the whole attempt.
  private static final List<Optional<Phase>> MEASURED =
      Stream.concat(
              Stream.of(Optional.<Phase>empty()), Arrays.stream(Phase.values()).map(Optional::of))
          .toList();

  /// By provider.
  private final SortedMap<String, List<Histogram>> histograms = new TreeMap<>();

  /// Takes the row's provider, total and phases, in microseconds.
  void take(ResultSet row) throws SQLException {
    List<Histogram> provider = histograms.computeIfAbsent(row.getString(1), _ -> newHistograms());
    for (int i = 0; i < provider.size(); i++) {
      long micros = row.getLong(FIRST_DURATION + i);
      if (!row.wasNull()) {
        provider.get(i).recordValue(micros);
      }
    }
  }

  private static List<Histogram> newHistograms() {
    List<Histogram> made = new ArrayList<>();
    MEASURED.forEach(_ -> made.add(new Histogram(DIGITS)));
    return made;
  }

  List<Latency> all() {
    List<Latency> all = new ArrayList<>();
    histograms.forEach((provider, durations) -> {
      for (int i = 0; i < durations.size(); i++) {
        add(all, provider, MEASURED.get(i), durations.get(i));
      }
    });
    return all;
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
