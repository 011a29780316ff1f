package io.tollwatch.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PhaseTimerTest {

  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final PhaseTimer timer = new PhaseTimer(time.nanos());

  /// Time passes, then a phase is entered, or left where there is none.
  record Step(long nanos, Optional<Phase> phase) {}

  @Test
  void anAttemptWithoutPhasesIsAllOurOwn() {
    pass(7);
    PhaseTimings timings = timer.stop();
    assertThat(timings.spans()).isEmpty();
    assertThat(timings.totalNanos()).isEqualTo(7);
    assertThat(timings.ownNanos()).isEqualTo(7);
    assertThat(timings.duration(Phase.TLS)).isEmpty();
  }

  @Test
  void aPhaseThatTookNoTimeIsNotAbsent() {
    timer.enter(Phase.BLOCKED);
    timer.leave();
    assertThat(timer.stop().duration(Phase.BLOCKED)).contains(Duration.ZERO);
  }

  @Test
  void thePhaseThatIsOpenAtTheEndGetsTheTimeSoFar() {
    pass(1);
    timer.enter(Phase.SEND);
    pass(2);
    timer.enter(Phase.WAIT);
    pass(40);
    assertThat(timer.phase()).contains(Phase.WAIT);
    PhaseTimings timings = timer.stop();
    assertThat(timings.of(Phase.SEND)).contains(new PhaseSpan(Phase.SEND, 1, 3, 2));
    assertThat(timings.of(Phase.WAIT)).contains(new PhaseSpan(Phase.WAIT, 3, 43, 40));
    assertThat(timings.ownNanos()).isEqualTo(1);
  }

  @Test
  void aPhaseThatAlternatesCountsOnlyItsOwnTime() {
    timer.enter(Phase.SEND);
    pass(5);
    timer.enter(Phase.CLIENT);
    pass(100);
    timer.enter(Phase.SEND);
    pass(6);
    assertThat(timer.stop().spans())
        .containsExactly(
            new PhaseSpan(Phase.SEND, 0, 111, 11), new PhaseSpan(Phase.CLIENT, 5, 105, 100));
  }

  @Test
  void enteringTheOpenPhaseAgainSaysThatSomethingMoved() {
    timer.enter(Phase.RECEIVE);
    pass(9);
    timer.enter(Phase.RECEIVE);
    assertThat(timer.quietSinceNanos()).isEqualTo(time.nanos().getAsLong());
    assertThat(timer.stop().of(Phase.RECEIVE)).contains(new PhaseSpan(Phase.RECEIVE, 0, 9, 9));
  }

  @Property(tries = 500)
  void whateverHappensPhasesAndOurOwnShareSumToTheTotal(@ForAll("steps") List<Step> steps) {
    ManualTime clock = new ManualTime(Instant.EPOCH);
    PhaseTimer watch = new PhaseTimer(clock.nanos());
    Map<Phase, Long> expected = new EnumMap<>(Phase.class);
    long total = 0;
    for (Step step : steps) {
      clock.advance(Duration.ofNanos(step.nanos()));
      total += step.nanos();
      watch.phase().ifPresent(open -> expected.merge(open, step.nanos(), Long::sum));
      step.phase().ifPresentOrElse(watch::enter, watch::leave);
      step.phase().ifPresent(entered -> expected.putIfAbsent(entered, 0L));
    }
    PhaseTimings timings = watch.stop();

    assertThat(timings.totalNanos()).isEqualTo(total);
    long spent = timings.spans().stream().mapToLong(PhaseSpan::nanos).sum();
    assertThat(spent + timings.ownNanos()).isEqualTo(total);
    assertThat(timings.spans())
        .isSortedAccordingTo(Comparator.comparingLong(PhaseSpan::startNanos));
    for (Phase phase : Phase.values()) {
      assertThat(timings.of(phase).map(PhaseSpan::nanos))
          .isEqualTo(Optional.ofNullable(expected.get(phase)));
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Optional<Phase>> phases = Arbitraries.of(Phase.class).optional();
    return Combinators.combine(Arbitraries.longs().between(0, 1_000_000), phases)
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  private void pass(long nanos) {
    time.advance(Duration.ofNanos(nanos));
  }
}
