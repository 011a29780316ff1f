package io.tollwatch.report.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.report.Day;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseSpan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against the sorted durations of the day itself.
class LatenciesTest {

  @Test
  void percentilesAreExactToOneInAHundred(@TempDir Path folder) throws Exception {
    Latencies latencies = new Latencies();
    try (Store store = Store.embedded(folder)) {
      Day.feed(store);
      store.reports().facts(Slice.of(Day.TODAY), latencies);
    }

    for (Latency latency : latencies.all()) {
      long[] sorted = micros(latency);
      assertThat(latency.count()).isEqualTo(sorted.length);
      near(latency.p50().toNanos() / 1_000, sorted, 0.5);
      near(latency.p90().toNanos() / 1_000, sorted, 0.9);
      near(latency.p99().toNanos() / 1_000, sorted, 0.99);
      near(latency.p999().toNanos() / 1_000, sorted, 0.999);
      near(latency.max().toNanos() / 1_000, sorted, 1);
    }
    assertThat(latencies.all())
        .extracting(Latency::phase)
        .contains(Optional.empty(), Optional.of(Phase.TLS))
        .doesNotContain(Optional.of(Phase.CLIENT));
  }

  private static void near(long micros, long[] sorted, double part) {
    int rank = (int) Math.ceil(part * sorted.length) - 1;
    assertThat((double) micros).isCloseTo((double) sorted[rank], withinPercentage(1));
  }

  private static long[] micros(Latency latency) {
    return Day.exchanges().stream()
        .filter(each -> !each.intent().startedAt().isBefore(Day.TODAY.from()))
        .filter(each -> each.intent().provider().equals(latency.provider()))
        .flatMap(each -> each.outcome().stream())
        .flatMap(outcome ->
            latency
                .phase()
                .map(phase -> outcome.timings().of(phase).map(PhaseSpan::nanos))
                .orElseGet(() -> Optional.of(outcome.timings().totalNanos()))
                .stream())
        .mapToLong(nanos -> nanos / 1_000)
        .sorted()
        .toArray();
  }

  @Test
  void countsWhatTookLonger(@TempDir Path folder) throws Exception {
    Latencies latencies = new Latencies();
    try (Store store = Store.embedded(folder)) {
      Day.feed(store);
      store.reports().facts(Slice.of(Day.TODAY), latencies);
    }
    List<Latency> whole = latencies.all().stream().filter(each -> each.phase().isEmpty()).toList();

    assertThat(whole).hasSize(3);
    for (Latency each : whole) {
      long limit = each.p50().toNanos() / 1_000;
      assertThat(latencies.slower(each.provider(), limit))
          .as("within what 1 in 100 can hide")
          .isPositive()
          .isBetween(above(each, limit * 1.01), above(each, limit * 0.99));
      assertThat(latencies.slower(each.provider(), each.max().toNanos() / 1_000)).isZero();
    }
    assertThat(latencies.slower("nobody", 1)).isZero();
  }

  private static long above(Latency latency, double limit) {
    return Arrays.stream(micros(latency)).filter(micros -> micros > limit).count();
  }
}
