package io.tollwatch.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// Permits, in whatever order they end.
class PermitPropertiesTest {

  /// One step of a random life of a breaker.
  enum Step {
    ASK,
    CHECK,
    WATCH,
    SETTLE_WELL,
    SETTLE_BADLY,
    SETTLE_AGAIN,
    ABANDON,
    WAIT,
    WAIT_LONG
  }

  @Property(tries = 500)
  void eachPermitGivesItsPlaceBackOnceWhateverTheOrder(
      @ForAll @Size(max = 200) List<Step> steps, @ForAll long seed) {
    Life life = new Life(seed);

    steps.forEach(life::take);
    assertThat(life.rig.limits.load("stripe").running()).isEqualTo(life.askedAndRunning());
    life.endAll();

    assertThat(life.rig.limits.load("stripe").running()).isZero();
  }

  @Property(tries = 500)
  void aPermitThatHasEndedChangesNothing(
      @ForAll @Size(max = 200) List<Step> steps, @ForAll long seed) {
    Life life = new Life(seed);
    steps.forEach(life::take);
    Standing before = life.rig.standing(BoardRig.PAY);
    int told = life.rig.changes.size();

    for (int i = 0; i < 50; i++) {
      life.ended.forEach(permit -> permit.settle(Results.FAILED, BoardRig.USUAL));
    }

    assertThat(life.rig.standing(BoardRig.PAY)).isEqualTo(before);
    assertThat(life.rig.changes).hasSize(told);
  }

  @Property(tries = 200)
  void aResultOfAnEarlierGenerationChangesNothing(
      @ForAll @Size(min = 1, max = 100) List<Boolean> results) {
    BoardRig rig = new BoardRig();
    List<Permit> late = new ArrayList<>();
    results.forEach(_ -> late.add(rig.ask(BoardRig.PAY, Origin.LIVE).orElseThrow()));
    rig.open(BoardRig.PAY);
    Standing before = rig.standing(BoardRig.PAY);

    for (int i = 0; i < results.size(); i++) {
      boolean well = results.get(i);
      late.get(i).settle(well ? Results.SUCCEEDED : Results.FAILED, BoardRig.USUAL);
    }

    assertThat(rig.standing(BoardRig.PAY)).isEqualTo(before);
  }

  /// P8.
  @Property(tries = 100)
  void neverOpensFromAnswers(@ForAll("answers") List<Category> answers, @ForAll long seed) {
    BoardRig rig = new BoardRig();
    Random random = new Random(seed);
    for (Category answer : answers) {
      Verdict verdict = Results.result(answer, false, "test");
      assertThat(rig.call(BoardRig.PAY, verdict)).isTrue();
      rig.pass(Duration.ofMillis(random.nextInt(100_000)));
    }

    assertThat(rig.state(BoardRig.PAY)).isEqualTo(BreakerState.CLOSED);
    assertThat(rig.changes).isEmpty();
  }

  @Provide
  Arbitrary<List<Category>> answers() {
    return Arbitraries.of(
            Stream.of(Category.values()).filter(Category::endsWell).toArray(Category[]::new))
        .list()
        .ofMaxSize(500);
  }

  /// A breaker's life, with its permits. Confined to one try.
  private static final class Life {
    private final BoardRig rig = new BoardRig();
    private final Random random;
    private final List<Permit> running = new ArrayList<>();
    private final List<Permit> ended = new ArrayList<>();
    private final List<Permit> places = new ArrayList<>();

    Life(long seed) {
      this.random = new Random(seed);
      rig.call(BoardRig.PAY, Results.SUCCEEDED);
    }

    void take(Step step) {
      switch (step) {
        case ASK ->
            rig.ask(BoardRig.PAY, Origin.LIVE)
                .ifPresent(permit -> {
                  running.add(permit);
                  places.add(permit);
                });
        case CHECK -> running.add(rig.board.watch(BoardRig.PAY, Origin.SYNTHETIC));
        case WATCH -> running.add(rig.board.watch(BoardRig.PAY, Origin.LIVE));
        case SETTLE_WELL -> end(true);
        case SETTLE_BADLY -> end(false);
        case SETTLE_AGAIN -> ended.forEach(permit -> permit.settle(Results.FAILED, BoardRig.USUAL));
        case ABANDON -> {
          if (!running.isEmpty()) {
            Permit permit = taken();
            permit.abandon();
          }
        }
        case WAIT -> rig.pass(Duration.ofMillis(random.nextInt(2000)));
        case WAIT_LONG -> rig.pass(Duration.ofSeconds(random.nextInt(100)));
      }
    }

    private void end(boolean well) {
      if (!running.isEmpty()) {
        taken().settle(well ? Results.SUCCEEDED : Results.FAILED, BoardRig.USUAL);
      }
    }

    private Permit taken() {
      Permit permit = running.remove(random.nextInt(running.size()));
      ended.add(permit);
      places.remove(permit);
      return permit;
    }

    int askedAndRunning() {
      return places.size();
    }

    void endAll() {
      while (!running.isEmpty()) {
        taken().abandon();
      }
    }
  }
}
