package io.tollwatch.report.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftTest {

  /// Expected values: worked out apart, from the normal distribution and from binomial
  /// coefficients.
  @ParameterizedTest
  @CsvSource({
    "15, 100, 30, 100, 0.0110852",
    "100, 10000, 150, 10000, 0.0014615",
    "3, 10, 9, 10, 0.0197666",
    "0, 5, 5, 5, 0.0079365",
  })
  void findsHowLikelyChanceIs(long before, long ofBefore, long after, long ofAfter, double p) {
    assertThat(new Shift(before, ofBefore, after, ofAfter).byChance().orElseThrow())
        .isCloseTo(p, within(1e-6));
  }

  @Test
  void nothingIsSaidWithoutCallsAndNoDifferenceIsChance() {
    assertThat(new Shift(0, 0, 5, 10).byChance()).isEmpty();
    assertThat(new Shift(0, 0, 5, 10).shareBefore()).isEmpty();
    assertThat(new Shift(0, 10, 0, 20).byChance()).hasValue(1);
    assertThat(new Shift(20, 20, 10, 10).byChance()).hasValue(1);
  }

  @Test
  void whatIsNoShareIsRefused() {
    assertThatThrownBy(() -> new Shift(2, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
