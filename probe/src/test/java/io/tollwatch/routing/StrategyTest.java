package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrategyTest {

  private static final List<String> ALL = List.of("a", "b", "c");
  private static final int CALLS = 20_000;
  private static final Strategy.Recent NOTHING = (_, _) -> Results.NONE;

  private final DoubleSupplier random = new SplittableRandom(42)::nextDouble;

  private Strategy.Basis basis(Optional<String> payment) {
    return new Strategy.Basis(payment, NOTHING, random);
  }

  @Test
  void orderedKeepsTheOrder() {
    assertThat(new Strategy.Ordered().order(ALL, basis(Optional.of("p")))).isEqualTo(ALL);
  }

  @Test
  void weightedPutsEachFirstAsOftenAsItsWeightSays() {
    Strategy strategy = new Strategy.Weighted(Map.of("a", 6, "b", 3, "c", 1));

    assertThat(firsts(strategy, "a", false)).isBetween(0.58, 0.62);
    assertThat(firsts(strategy, "b", false)).isBetween(0.28, 0.32);
    assertThat(firsts(strategy, "c", false)).isBetween(0.08, 0.12);
  }

  @Test
  void oneOfWeightZeroComesBehindAllOthers() {
    Strategy strategy = new Strategy.Weighted(Map.of("a", 0));

    assertThat(IntStream.range(0, 1_000))
        .allMatch(_ -> strategy.order(ALL, basis(Optional.empty())).getLast().equals("a"));
    assertThat(
            strategy.order(ALL, new Strategy.Basis(Optional.empty(), NOTHING, () -> 0)).getLast())
        .isEqualTo("a");
  }

  @Test
  void stickyFindsTheSameOrderForTheSamePayment() {
    Strategy strategy = new Strategy.Sticky(Map.of("a", 2));
    Strategy elsewhere = new Strategy.Sticky(Map.of("a", 2));

    assertThat(IntStream.range(0, 100).mapToObj(n -> "payment-" + n))
        .allSatisfy(payment ->
            assertThat(strategy.order(ALL, basis(Optional.of(payment))))
                .containsExactlyInAnyOrderElementsOf(ALL)
                .isEqualTo(elsewhere.order(ALL, basis(Optional.of(payment)))));
    assertThat(firsts(strategy, "a", true)).isBetween(0.47, 0.53);
  }

  @Test
  void aProviderThatGoesMovesNoOthersPayments() {
    Strategy strategy = new Strategy.Sticky(Map.of());

    for (int n = 0; n < 1_000; n++) {
      Optional<String> payment = Optional.of("payment-" + n);
      List<String> before = strategy.order(ALL, basis(payment));
      List<String> after = strategy.order(List.of("a", "b"), basis(payment));
      assertThat(after).isEqualTo(before.stream().filter(each -> !each.equals("c")).toList());
    }
  }

  private double firsts(Strategy strategy, String provider, boolean named) {
    return IntStream.range(0, CALLS)
            .filter(n ->
                strategy
                    .order(ALL, basis(named ? Optional.of("payment-" + n) : Optional.empty()))
                    .getFirst()
                    .equals(provider))
            .count()
        / (double) CALLS;
  }
}
