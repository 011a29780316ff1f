package io.tollwatch.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.routing.Rung;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// That the simulation sees what it looks for: whatever keeps a payment at one provider is taken
/// away, and within a few seeds it fails; with it, in the same worlds, it does not.
class BrokenLadderTest {

  private static final List<BrokenLadder.Broken> BROKEN = BrokenLadder.ALL;

  @ParameterizedTest
  @FieldSource("BROKEN")
  void itsLackShows(BrokenLadder.Broken broken) {
    Simulation without = new Simulation(broken.weather(), broken.broken());
    Simulation with = new Simulation(broken.weather(), broken.covered());
    long first =
        LongStream.range(0, broken.seeds())
            .filter(seed -> !broken.wrong(without, seed).isEmpty())
            .findFirst()
            .orElse(-1);
    assertThat(first).as("a seed that shows the lack of %s", broken).isNotNegative();
    for (long seed = 0; seed <= first; seed++) {
      assertThat(broken.wrong(with, seed)).as("seed %d of %s", seed, broken).isEmpty();
    }
  }

  @Test
  void eachRungIsThere() {
    assertThat(BROKEN)
        .extracting(BrokenLadder.Broken::name)
        .containsAll(
            EnumSet.complementOf(EnumSet.copyOf(BrokenLadder.ELSEWHERE)).stream()
                .map(Rung::name)
                .toList());
  }
}
