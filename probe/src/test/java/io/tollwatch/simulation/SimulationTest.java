package io.tollwatch.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.simulation.Tally.Event;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// P1 in many worlds. `-Dtollwatch.simulation.runs=100000` plays so many of them, and
/// `-Dtollwatch.simulation.seed=...`, which a failure names, one of them again.
/// `-Dtollwatch.simulation.tally=true` prints how often what happens.
class SimulationTest {

  private static final int SEEDS = 100;
  private static final int RUNS =
      Math.max(1, Integer.getInteger("tollwatch.simulation.runs", 2000) / SEEDS);

  private final Simulation simulation = new Simulation(Weather.ANY, Mutation.none());
  private final Tally tally = new Tally();

  @Property(tries = SEEDS, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void nothingIsChargedTwiceByChoiceAndNothingTakenIsToldAsNotTaken(@ForAll long seed) {
    Random seeds = new Random(seed);
    for (int i = 0; i < RUNS; i++) {
      check(seeds.nextLong());
    }
    if (Boolean.getBoolean("tollwatch.simulation.tally")) {
      System.out.println(tally);
    }
  }

  /// That it is not empty: each of these happens often.
  @AfterProperty
  void muchHappened() {
    if (tally.of(Event.WORLD) < (long) SEEDS * RUNS) {
      return; // it failed before its end
    }
    for (Event event : Event.values()) {
      assertThat(tally.of(event)).as("%s", event).isGreaterThan(tally.of(Event.WORLD) / 80);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "tollwatch.simulation.seed", matches = "-?[0-9]+")
  void oneWorldAgain() {
    World world = simulation.world(Long.getLong("tollwatch.simulation.seed"));
    world.story().forEach(System.out::println);
    assertThat(Findings.of(world)).isEmpty();
  }

  private void check(long seed) {
    World world = simulation.world(seed);
    tally.add(world);
    assertThat(Findings.of(world)).as("-Dtollwatch.simulation.seed=%d", seed).isEmpty();
  }

  @Test
  void theSameSeedIsTheSameWorld() {
    for (long seed = 1; seed <= 50; seed++) {
      assertThat(simulation.world(seed).story()).isEqualTo(simulation.world(seed).story());
    }
  }
}
