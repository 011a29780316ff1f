package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final RetryBudget budget = new RetryBudget(time.nanos());

  @Test
  void letsTenASecondThroughWhateverTheShare() {
    IntStream.range(0, RetryBudget.FLOOR_PER_SECOND).forEach(_ -> moved(0));
    assertThat(budget.hasLeft(0)).isFalse();
    time.advance(Duration.ofSeconds(1));
    assertThat(budget.hasLeft(0)).isTrue();
  }

  @Test
  void letsAShareOfTheCallsOfTheLastTenSecondsThrough() {
    IntStream.range(0, 100).forEach(_ -> budget.called());
    IntStream.range(0, 20).forEach(_ -> moved(0.2));
    assertThat(budget.hasLeft(0.2)).isFalse();
    assertThat(budget.hasLeft(0.5)).isTrue();
  }

  @Test
  void forgetsWhatIsOlderThanTenSeconds() {
    IntStream.range(0, 1_000).forEach(_ -> budget.called());
    time.advance(Duration.ofSeconds(30));
    IntStream.range(0, RetryBudget.FLOOR_PER_SECOND).forEach(_ -> moved(0.2));
    assertThat(budget.hasLeft(0.2)).isFalse();
  }

  private void moved(double share) {
    assertThat(budget.hasLeft(share)).isTrue();
    budget.moved();
  }
}
