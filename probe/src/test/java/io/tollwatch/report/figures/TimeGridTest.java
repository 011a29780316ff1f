package io.tollwatch.report.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.store.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeGridTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT1S, 1",
    "PT1H, PT1M, 60",
    "PT24H, PT30M, 48",
    "P7D, PT3H, 56",
    "P31D, PT24H, 31",
    "P4000D, PT1600H1S, 60",
  })
  void cutsInRoundSteps(Duration length, Duration step, int size) {
    TimeGrid grid = TimeGrid.of(TimeWindow.of(START, length));

    assertThat(grid.step()).isEqualTo(step);
    assertThat(grid.size()).isEqualTo(size);
    assertThat(grid.start(grid.size())).isAfterOrEqualTo(START.plus(length));
  }

  @Test
  void everyTimeHasAStep() {
    TimeGrid grid = TimeGrid.of(TimeWindow.of(START, Duration.ofHours(1)));

    assertThat(grid.index(START)).isZero();
    assertThat(grid.index(START.plusSeconds(61))).isEqualTo(1);
    assertThat(grid.index(START.plusSeconds(3_599))).isEqualTo(59);
    assertThat(grid.index(START.minusSeconds(9))).isZero();
    assertThat(grid.index(START.plusSeconds(9_999))).isEqualTo(59);
  }
}
