package io.tollwatch.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How breakers close again: customers' money is not a probe (P7).
class ClosingTest {

  private static final BreakerKey PAY = BoardRig.PAY;
  private static final BreakerKey QUERY = BreakerKey.of("stripe", Operation.QUERY);
  private static final Duration OPEN_TIME = Duration.ofSeconds(10);

  private final BoardRig rig = new BoardRig();

  @Test
  void isClosedByACheckWhereThereIsOne() {
    rig.check(PAY, Results.SUCCEEDED);
    rig.open(PAY);
    rig.pass(OPEN_TIME);

    assertThat(rig.call(PAY, Results.SUCCEEDED)).as("a live call").isFalse();
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.HALF_OPEN);
    rig.check(PAY, Results.SUCCEEDED);
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.RAMPING);
  }

  @Test
  void opensAgainIfTheCheckFails() {
    rig.check(PAY, Results.SUCCEEDED);
    rig.open(PAY);
    rig.pass(OPEN_TIME);

    rig.check(PAY, Results.FAILED);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
    assertThat(rig.standing(PAY).reopenings()).isEqualTo(2);
  }

  @Test
  void takesACheckBeforeItsTimeForNothing() {
    rig.open(PAY);

    rig.check(PAY, Results.SUCCEEDED);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void keepsAwayACheckThatCouldGoElsewhereButIsTestedByItInItsTime() {
    rig.open(PAY);
    assertThat(rig.ask(PAY, Origin.SYNTHETIC)).isEmpty();

    rig.pass(OPEN_TIME);
    rig.ask(PAY, Origin.SYNTHETIC).orElseThrow().settle(Results.SUCCEEDED, BoardRig.USUAL);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.RAMPING);
  }

  @Test
  void isTakenToHalfOpenButNoFurtherByACheckThatOnlyAsks() {
    rig.open(PAY);

    for (int i = 0; i < 10; i++) {
      rig.check(QUERY, Results.SUCCEEDED);
    }

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void isNotTakenToHalfOpenByALiveQuery() {
    rig.open(PAY);

    rig.calls(10, QUERY, Results.SUCCEEDED);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void isTestedByOneLiveCallAtATimeWhereThereIsNoCheck() {
    rig.open(PAY);
    rig.pass(OPEN_TIME);

    Permit probe = rig.ask(PAY, Origin.LIVE).orElseThrow();
    assertThat(rig.ask(PAY, Origin.LIVE)).isEmpty();
    probe.abandon();
    Permit next = rig.ask(PAY, Origin.LIVE).orElseThrow();
    assertThat(rig.ask(PAY, Origin.LIVE)).isEmpty();
    next.settle(Results.SUCCEEDED, BoardRig.USUAL);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.RAMPING);
  }

  @Test
  void isTestedByLiveCallsOnceNoCheckHasReportedForThreeIntervals() {
    rig.check(PAY, Results.SUCCEEDED);
    rig.board.expectChecks(PAY, Duration.ofSeconds(20));
    rig.open(PAY);

    rig.pass(Duration.ofSeconds(59));
    assertThat(rig.ask(PAY, Origin.LIVE)).isEmpty();
    rig.pass(Duration.ofSeconds(1));
    assertThat(rig.ask(PAY, Origin.LIVE)).isPresent();
  }

  @Test
  void isNotWedgedByAProbeThatIsLost() {
    rig.open(PAY);
    rig.pass(OPEN_TIME);
    Permit lost = rig.ask(PAY, Origin.LIVE).orElseThrow();

    rig.pass(Duration.ofSeconds(30));
    assertThat(rig.state(PAY)).as("it hangs still").isEqualTo(BreakerState.OPEN);
    rig.pass(OPEN_TIME.multipliedBy(2));
    assertThat(rig.ask(PAY, Origin.LIVE)).isPresent();
    lost.settle(Results.SUCCEEDED, BoardRig.USUAL);
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void isTestedByACallThatGoesThereInAnyCase() {
    rig.open(PAY);
    rig.board.watch(PAY, Origin.LIVE).settle(Results.SUCCEEDED, BoardRig.USUAL);
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
    rig.pass(OPEN_TIME);

    rig.board.watch(PAY, Origin.LIVE).settle(Results.SUCCEEDED, BoardRig.USUAL);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.RAMPING);
  }

  @Test
  void staysOpenTwiceAsLongEachTimeUpToABound() {
    List<Duration> openTimes = new ArrayList<>();
    rig.open(PAY);
    for (int i = 0; i < 8; i++) {
      Instant until = rig.standing(PAY).until().orElseThrow();
      openTimes.add(Duration.between(rig.time.now(), until));
      rig.pass(openTimes.getLast());
      rig.call(PAY, Results.FAILED);
    }

    assertThat(openTimes)
        .extracting(Duration::toSeconds)
        .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L);
  }

  @Test
  void remembersAnOutageThatComesBackAndForgivesIt() {
    rig.open(PAY);
    rig.recover(PAY);
    rig.close(PAY);
    rig.open(PAY);
    assertThat(rig.standing(PAY).reopenings()).isEqualTo(2);
    rig.recover(PAY);
    rig.close(PAY);

    rig.pass(Duration.ofMinutes(20));
    rig.open(PAY);

    assertThat(rig.standing(PAY).reopenings()).isEqualTo(1);
  }

  @Test
  void letsAGrowingShareThrough() {
    rig.open(PAY);
    rig.recover(PAY);

    List<Integer> through = new ArrayList<>();
    for (int step = 0; step < 4; step++) {
      int before = rig.standing(PAY).share();
      through.add(share(1000));
      assertThat(rig.standing(PAY).share()).isEqualTo(before);
      rig.pass(OPEN_TIME);
    }

    assertThat(through).containsExactly(50, 250, 500, 1000);
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void goesOnWithFewCallsTooButNotFast() {
    rig.open(PAY);
    rig.recover(PAY);

    rig.pass(Duration.ofSeconds(119));
    assertThat(rig.standing(PAY).share()).isEqualTo(5);
    rig.pass(Duration.ofSeconds(1));
    assertThat(rig.standing(PAY).share()).isEqualTo(25);
  }

  @Test
  void opensAgainWhileTheShareGrows() {
    rig.open(PAY);
    rig.recover(PAY);

    rig.calls(60, PAY, Results.FAILED);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
    assertThat(rig.standing(PAY).reopenings()).isEqualTo(2);
  }

  @Test
  void takesALateResultForNothing() {
    List<Permit> late = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      late.add(rig.ask(PAY, Origin.LIVE).orElseThrow());
    }
    rig.open(PAY);
    rig.recover(PAY);

    late.forEach(permit -> permit.settle(Results.FAILED, BoardRig.USUAL));

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.RAMPING);
  }

  @Test
  void hearsOfChecksThatRanElsewhere() {
    rig.open(PAY);
    Instant before = rig.time.now();
    rig.pass(OPEN_TIME);

    rig.board.heard(result(before));
    assertThat(rig.state(PAY)).as("begun too early").isEqualTo(BreakerState.HALF_OPEN);
    rig.board.heard(result(rig.time.now()));
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.RAMPING);
  }

  @Test
  void tellsEachChangeInOrder() {
    rig.open(PAY);
    rig.recover(PAY);
    rig.close(PAY);

    assertThat(rig.changes)
        .extracting(BreakerChange::to)
        .containsExactly(
            BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.RAMPING, BreakerState.CLOSED);
  }

  private static CheckResult result(Instant begun) {
    return new CheckResult(PAY, begun, BoardRig.USUAL, Results.SUCCEEDED, Duration.ofSeconds(30));
  }

  private int share(int calls) {
    int through = 0;
    for (int i = 0; i < calls; i++) {
      through += rig.call(PAY, Results.SUCCEEDED) ? 1 : 0;
    }
    return through;
  }
}
