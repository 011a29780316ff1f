package io.tollwatch.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/// P1 in many worlds: `-Dtollwatch.simulation.runs=100000` plays so many; one world again with
/// `-Dtollwatch.simulation.seed=...`, which a failure prints.
class SimulationTest {

  private static final int SEEDS = 100;
  private static final int RUNS =
      Math.max(1, Integer.getInteger("tollwatch.simulation.runs", 2000) / SEEDS);

  private final Simulation simulation = new Simulation(Weather.ANY, Mutation.none());

  @Property(tries = SEEDS, shrinking = ShrinkingMode.OFF)
  void nothingIsChargedTwiceByChoiceAndNothingTakenIsToldAsNotTaken(@ForAll long seed) {
    Random seeds = new Random(seed);
    for (int i = 0; i < RUNS; i++) {
      check(Long.getLong("tollwatch.simulation.seed", seeds.nextLong()));
    }
  }

  private void check(long seed) {
    assertThat(simulation.wrong(seed)).as("-Dtollwatch.simulation.seed=%d", seed).isEmpty();
  }

  @Test
  void theSameSeedIsTheSameWorld() {
    for (long seed = 1; seed <= 50; seed++) {
      assertThat(simulation.world(seed).story()).isEqualTo(simulation.world(seed).story());
    }
  }
}
