package io.tollwatch.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When breakers open, and when they must not: in fake time, mostly with 100 calls a second.
class OpeningTest {

  private static final BreakerKey PAY = BoardRig.PAY;
  private static final Duration BETWEEN = Duration.ofMillis(10);

  private final BoardRig rig = new BoardRig();
  private final Random random = new Random(20261126);

  @Test
  void opensWithinASecondOfAHardOutage() {
    healthyFor(Duration.ofMinutes(2));

    assertThat(untilOpen(Duration.ofMinutes(1), () -> Results.FAILED))
        .isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void opensWithinTenSecondsOfABrownOut() {
    healthyFor(Duration.ofMinutes(2));

    assertThat(
            untilOpen(
                Duration.ofMinutes(1),
                () -> random.nextInt(100) < 30 ? Results.TIMED_OUT : Results.SUCCEEDED))
        .isLessThan(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void staysClosedForAMillionCallsOfAHealthyProvider(int failuresInAThousand) {
    for (int i = 0; i < 1_000_000; i++) {
      rig.call(PAY, healthy(failuresInAThousand));
      rig.pass(BETWEEN);
    }

    assertThat(rig.changes).isEmpty();
  }

  /// P8.
  @Test
  void staysClosedIfAllAreDeclined() {
    rig.calls(1000, PAY, Results.DECLINED);

    assertThat(rig.changes).isEmpty();
  }

  @Test
  void opensAfterThreeFailuresInARowWithSixCallsAnHour() {
    Duration tenMinutes = Duration.ofMinutes(10);
    for (int i = 0; i < 30; i++) {
      rig.call(PAY, Results.SUCCEEDED);
      rig.pass(tenMinutes);
    }
    for (int i = 0; i < 2; i++) {
      rig.call(PAY, Results.TIMED_OUT);
      rig.pass(tenMinutes);
    }
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.CLOSED);

    rig.call(PAY, Results.TIMED_OUT);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
    assertThat(rig.standing(PAY).reason()).isEqualTo("3 calls in a row failed");
  }

  @Test
  void opensIfHalfOfFewCallsFail() {
    for (int i = 0; i < 10; i++) {
      assertThat(rig.state(PAY)).isEqualTo(BreakerState.CLOSED);
      rig.call(PAY, i % 2 == 0 ? Results.FAILED : Results.SUCCEEDED);
      rig.pass(Duration.ofMinutes(10));
    }

    assertThat(rig.changes.getFirst().reason()).isEqualTo("5 of 10 calls, the last ones, failed");
  }

  @Test
  void staysClosedAfterOneFailureOfFewCalls() {
    for (int i = 0; i < 100; i++) {
      rig.call(PAY, i % 10 == 5 ? Results.TIMED_OUT : Results.SUCCEEDED);
      rig.pass(Duration.ofMinutes(10));
    }

    assertThat(rig.changes).isEmpty();
  }

  @Test
  void forgetsFailuresOfADayAgo() {
    for (int i = 0; i < 10; i++) {
      rig.call(PAY, Results.TIMED_OUT);
      rig.pass(Duration.ofHours(7));
    }

    assertThat(rig.changes).isEmpty();
  }

  @Test
  void opensIfCallsAreMuchSlowerThanUsual() {
    healthyFor(Duration.ofMinutes(20));

    for (int i = 0; i < 20; i++) {
      rig.ask(PAY, Origin.LIVE)
          .ifPresent(permit -> permit.settle(Results.SUCCEEDED, Duration.ofSeconds(4)));
    }

    assertThat(rig.standing(PAY).reason()).endsWith("were slow");
  }

  @Test
  void takesTheSameTimeForUsualWhereItIs() {
    for (int i = 0; i < 1000; i++) {
      rig.ask(PAY, Origin.LIVE)
          .ifPresent(permit -> permit.settle(Results.SUCCEEDED, Duration.ofSeconds(4)));
      rig.pass(BETWEEN);
    }

    assertThat(rig.changes).isEmpty();
  }

  @Test
  void opensWhileCallsHangWithoutWaitingForTheirEnd() {
    healthyFor(Duration.ofMinutes(20));

    int asked = 0;
    while (rig.ask(PAY, Origin.LIVE).isPresent() && asked < 1000) {
      asked++;
      rig.pass(BETWEEN);
    }

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
    assertThat(BETWEEN.multipliedBy(asked)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void saysNothingOfCallsThatTheirCallerBrokeOff() {
    rig.calls(1000, PAY, Results.CALLER_GONE);
    rig.calls(2, PAY, Results.FAILED);
    rig.call(PAY, Results.CALLER_GONE);
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.CLOSED);

    rig.call(PAY, Results.FAILED);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void leavesOtherOperationsAlone() {
    BreakerKey refund = BreakerKey.of("stripe", Operation.REFUND);
    rig.open(PAY);

    assertThat(rig.call(PAY, Results.SUCCEEDED)).isFalse();
    assertThat(rig.call(refund, Results.SUCCEEDED)).isTrue();
    assertThat(rig.denied).isEqualTo(1);
  }

  private Verdict healthy(int failuresInAThousand) {
    int drawn = random.nextInt(1000);
    return drawn < failuresInAThousand
        ? Results.TIMED_OUT
        : drawn < 200 ? Results.DECLINED : Results.SUCCEEDED;
  }

  private void healthyFor(Duration time) {
    untilOpen(time, () -> healthy(0));
    assertThat(rig.changes).isEmpty();
  }

  private Duration untilOpen(Duration limit, Supplier<Verdict> verdicts) {
    Duration passed = Duration.ZERO;
    while (passed.compareTo(limit) < 0 && rig.call(PAY, verdicts.get())) {
      rig.pass(BETWEEN);
      passed = passed.plus(BETWEEN);
    }
    return passed;
  }
}
