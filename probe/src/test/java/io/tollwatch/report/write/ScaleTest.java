package io.tollwatch.report.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

  @ParameterizedTest
  @CsvSource({
    "0, '[0.0, 1.0]'",
    "3, '[0.0, 1.0, 2.0, 3.0]'",
    "6, '[0.0, 2.0, 4.0, 6.0]'",
    "18, '[0.0, 5.0, 10.0, 15.0, 20.0]'",
    "101, '[0.0, 50.0, 100.0, 150.0]'",
    "40001, '[0.0, 10000.0, 20000.0, 30000.0, 40000.0, 50000.0]'",
  })
  void countsInWholeRoundNumbers(double highest, String ticks) {
    assertThat(Scale.ofCounts(highest).ticks()).hasToString(ticks);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 99.999",
    "99.95, 99.95",
    "99, 99",
    "83.1, 80",
    "28.6, 20",
    "0, 0",
  })
  void showsSharesFromAllDownToTheLowest(double lowest, double bottom) {
    Scale scale = Scale.ofShares(lowest);

    assertThat(scale.ticks().getFirst()).isCloseTo(bottom, within(1e-9));
    assertThat(scale.ticks().getLast()).isCloseTo(100, within(1e-9));
    assertThat(scale.part(lowest)).isBetween(0.0, 1.0);
    assertThat(scale.ticks()).hasSizeBetween(2, 6);
  }

  @ParameterizedTest
  @CsvSource({
    "90, 30000, '[10.0, 100.0, 1000.0, 10000.0, 100000.0]'",
    "100, 100, '[100.0, 1000.0]'",
    "0.01, 0.4, '[0.01, 0.1, 1.0]'",
  })
  void givesEachMagnitudeOfTimeTheSameRoom(double lowest, double highest, String ticks) {
    Scale scale = Scale.ofMagnitudes(lowest, highest);

    assertThat(scale.ticks()).hasToString(ticks);
    double rung = 1.0 / (scale.ticks().size() - 1);
    assertThat(scale.part(scale.ticks().get(1))).isCloseTo(rung, within(1e-9));
    assertThat(scale.part(0)).isZero();
  }
}
