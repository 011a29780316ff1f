package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final double SIGNIFICANCE = 0.01;

  /// By hand, from the hypergeometric distribution: 3 successes of 10 against 9 of 10 is (C(10,3)
  /// C(10,9) + C(10,2) C(10,10)) / C(20,12) = (120*10 + 45) / 125970.
  @Test
  void isFishersExactTest() {
    assertThat(Comparison.chance(results(3, 7), results(9, 1)))
        .isCloseTo(1245.0 / 125970, within(1e-12));
  }

  @Test
  void seldomCallsAsGoodAProviderWorseHoweverOftenItLooks() {
    SplittableRandom random = new SplittableRandom(3);
    int wrong = 0;
    int runs = 2_000;
    for (int run = 0; run < runs; run++) {
      wrong += saysWorse(random, 0.9, 0.9) ? 1 : 0;
    }

    assertThat((double) wrong / runs).isLessThanOrEqualTo(SIGNIFICANCE);
  }

  @Test
  void findsAWorseOne() {
    SplittableRandom random = new SplittableRandom(4);
    int found = 0;
    for (int run = 0; run < 200; run++) {
      found += saysWorse(random, 0.75, 0.95) ? 1 : 0;
    }

    assertThat(found).isGreaterThanOrEqualTo(196);
  }

  /// Looks after each of 400 calls, with ten of the others beside it.
  private static boolean saysWorse(SplittableRandom random, double own, double others) {
    Comparison comparison = new Comparison(SIGNIFICANCE);
    Results one = Results.NONE;
    Results rest = Results.NONE;
    for (int call = 0; call < 400; call++) {
      one = one.plus(result(random, own));
      for (int other = 0; other < 10; other++) {
        rest = rest.plus(result(random, others));
      }
      if (comparison.isWorse(one, rest)) {
        return true;
      }
    }
    return false;
  }

  private static Results result(SplittableRandom random, double success) {
    return random.nextDouble() < success ? results(1, 0) : results(0, 1);
  }

  private static Results results(int fine, int failed) {
    return new Results(fine, failed, Duration.ZERO);
  }
}
