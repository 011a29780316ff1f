package io.tollwatch.checks.schedule;

import static io.tollwatch.checks.schedule.CheckState.DOWN;
import static io.tollwatch.checks.schedule.CheckState.PENDING;
import static io.tollwatch.checks.schedule.CheckState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  @Test
  void oneFailureIsPendingAndTwoOfThreeAreDown() {
    assertThat(states("+-+--+", Patience.usual())).containsExactly(UP, PENDING, UP, DOWN, DOWN, UP);
    assertThat(states("+-++-", Patience.usual())).endsWith(PENDING);
  }

  @Test
  void comesUpOnlyAfterAsManyInARowAsItIsTold() {
    Patience slow = new Patience(3, 5, 2);
    assertThat(states("++---+-++", slow))
        .containsExactly(PENDING, UP, PENDING, PENDING, DOWN, DOWN, DOWN, DOWN, UP);
  }

  @Test
  void remembersABoundedNumberOfRunsAndSinceWhen() {
    Standing standing = Standing.fresh(NOON);
    for (int i = 0; i < 100; i++) {
      standing = standing.after(true, NOON.plusSeconds(i), Patience.usual());
    }
    assertThat(standing.last()).hasSize(Patience.MOST);
    assertThat(standing.since()).isEqualTo(NOON);
  }

  @Test
  void isLookedAtAgainSoonWhileNothingIsDecided() {
    assertThat(Standing.fresh(NOON).undecided()).as("nothing ran").isFalse();
    assertThat(after("+", new Patience(2, 3, 2)).undecided()).isTrue();
    assertThat(after("+-", Patience.usual()).undecided()).isTrue();
    assertThat(after("+--", Patience.usual()).undecided()).as("it is down").isFalse();
    assertThat(after("--+", new Patience(2, 3, 2)).undecided()).as("it comes back").isTrue();
  }

  private static List<CheckState> states(String runs, Patience patience) {
    List<CheckState> states = new ArrayList<>();
    for (int i = 1; i <= runs.length(); i++) {
      states.add(after(runs.substring(0, i), patience).state());
    }
    return states;
  }

  private static Standing after(String runs, Patience patience) {
    Standing standing = Standing.fresh(NOON);
    for (int i = 0; i < runs.length(); i++) {
      standing = standing.after(runs.charAt(i) == '+', NOON.plusSeconds(i + 1), patience);
    }
    return standing;
  }
}
