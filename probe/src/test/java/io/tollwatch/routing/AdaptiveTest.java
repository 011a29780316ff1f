package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.health.Sign;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Made-up outcomes of calls at five a second, of providers that are as good as each test says.
class AdaptiveTest {

  private static final List<String> ALL = List.of("a", "b", "c");
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final int WINDOW_CALLS = (int) WINDOW.dividedBy(BETWEEN);
  private static final double EXPLORATION = 0.06;

  private final Strategy strategy = new Strategy.Adaptive(EXPLORATION, WINDOW, 0.01);

  /// How good a provider is.
  private record Quality(double success, Duration takes) {
    static final Quality GOOD = new Quality(1, Duration.ofMillis(300));
  }

  private final class World {
    final AtomicLong nanos = new AtomicLong();
    final TrackRecord record = new TrackRecord(nanos::get);
    final SplittableRandom random;

    World(long seed) {
      this.random = new SplittableRandom(seed);
    }

    /// Makes so many calls. Gives what share of them each provider was first for.
    double share(String provider, int calls, Map<String, Quality> qualities) {
      int first = 0;
      for (int call = 0; call < calls; call++) {
        String chosen = order().getFirst();
        first += chosen.equals(provider) ? 1 : 0;
        Quality quality = qualities.getOrDefault(chosen, Quality.GOOD);
        record.note(
            BreakerKey.of(chosen, Operation.PAY),
            random.nextDouble() < quality.success() ? Sign.FINE : Sign.FAILED,
            quality.takes());
        nanos.addAndGet(BETWEEN.toNanos());
      }
      return (double) first / calls;
    }

    List<String> order() {
      return strategy.order(
          ALL,
          new Strategy.Basis(
              Optional.of("p"),
              (provider, window) -> record.of(provider, Operation.PAY, window),
              random::nextDouble));
    }
  }

  @Property(tries = 12)
  void aWorseProviderFallsToItsShareOfTheExplorationAndComesBack(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.85) double success) {
    World world = new World(seed);
    Map<String, Quality> worse = Map.of("a", new Quality(success, Duration.ofMillis(300)));

    assertThat(world.share("a", WINDOW_CALLS, Map.of())).isBetween(0.9, 0.98);
    world.share("a", WINDOW_CALLS / 3, worse);
    // half of the exploration each, with two others
    assertThat(world.share("a", WINDOW_CALLS, worse)).isBetween(0.01, 0.05);
    world.share("a", 3 * WINDOW_CALLS / 2, Map.of());
    assertThat(world.share("a", WINDOW_CALLS, Map.of())).isBetween(0.9, 0.98);
  }

  @Property(tries = 8)
  void aSlowerProviderFallsToo(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 60) int seconds) {
    World world = new World(seed);
    Map<String, Quality> slower = Map.of("a", new Quality(1, Duration.ofSeconds(seconds)));

    world.share("a", WINDOW_CALLS, slower);
    assertThat(world.share("a", WINDOW_CALLS, slower)).isBetween(0.01, 0.05);
  }

  @Test
  void ofProvidersThatAreAsGoodTheFirstStaysFirst() {
    World world = new World(1);

    assertThat(world.share("b", WINDOW_CALLS, Map.of())).isBetween(0.01, 0.05);
    assertThat(world.share("c", WINDOW_CALLS, Map.of())).isBetween(0.01, 0.05);
  }

  @Test
  void oneFailureIsNoBadRecordAndTwoAreHoweverFewCallsThereAre() {
    World world = new World(1);

    assertThat(afterFailureOf("a", world)).containsExactly("a", "b", "c");
    assertThat(afterFailureOf("a", world)).containsExactly("b", "c", "a");
  }

  private static List<String> afterFailureOf(String provider, World world) {
    world.record.note(BreakerKey.of(provider, Operation.PAY), Sign.FAILED, Duration.ofMillis(1));
    return new Adapting(ALL, new Strategy.Adaptive(0, WINDOW, 0), recent(world)).ranked();
  }

  @Test
  void whatIsOlderThanTheWindowIsForgotten() {
    World world = new World(1);
    for (int call = 0; call < 100; call++) {
      world.record.note(BreakerKey.of("a", Operation.PAY), Sign.FAILED, Duration.ZERO);
      world.record.note(BreakerKey.of("b", Operation.PAY), Sign.FINE, Duration.ZERO);
    }
    Adapting before = new Adapting(ALL, new Strategy.Adaptive(0, WINDOW, 0), recent(world));
    world.nanos.addAndGet(WINDOW.plus(RecentResults.SLOT).plus(RecentResults.SLOT).toNanos());

    assertThat(before.ranked().getFirst()).isEqualTo("b");
    assertThat(world.record.of("a", Operation.PAY, WINDOW)).isEqualTo(Results.NONE);
    assertThat(world.record.of("a", Operation.PAY, RecentResults.LONGEST).failed()).isEqualTo(100);
  }

  @Test
  void whatSaysNothingOfTheProviderIsPassedOver() {
    World world = new World(1);
    world.record.note(BreakerKey.of("a", Operation.PAY), Sign.NONE, Duration.ZERO);

    assertThat(world.record.of("a", Operation.PAY, WINDOW)).isEqualTo(Results.NONE);
  }

  private static Strategy.Recent recent(World world) {
    return (provider, window) -> world.record.of(provider, Operation.PAY, window);
  }
}
