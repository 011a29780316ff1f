package io.tollwatch.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// States that somebody ordered, and what is left of them after a restart.
class OrdersTest {

  private static final BreakerKey PAY = BoardRig.PAY;
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final BoardRig rig = new BoardRig();

  @Test
  void letsNoCallThroughWhileForcedOpen() {
    order(BreakerState.FORCED_OPEN);

    assertThat(rig.call(PAY, Results.SUCCEEDED)).isFalse();
    rig.check(PAY, Results.SUCCEEDED);
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.FORCED_OPEN);
  }

  @Test
  void letsAllThroughWhileForcedClosed() {
    order(BreakerState.FORCED_CLOSED);

    rig.calls(1000, PAY, Results.FAILED);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.FORCED_CLOSED);
  }

  @Test
  void onlyTellsWhatItWouldDoWhileObserving() {
    order(BreakerState.OBSERVE_ONLY);

    rig.calls(3, PAY, Results.FAILED);

    assertThat(rig.call(PAY, Results.SUCCEEDED)).isTrue();
    assertThat(rig.changes.getLast().reason()).isEqualTo("it would open: 3 calls in a row failed");
  }

  @Test
  void testsWhatWasForcedOpenBeforeItIsUsedAgain() {
    order(BreakerState.FORCED_OPEN);

    rig.pass(HALF_AN_HOUR);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void endsByItself() {
    order(BreakerState.FORCED_CLOSED);

    rig.pass(HALF_AN_HOUR.minusMillis(1));
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.FORCED_CLOSED);
    rig.pass(Duration.ofMillis(1));
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void isReleasedWithReasonAndName() {
    order(BreakerState.OBSERVE_ONLY);

    assertThat(rig.board.release("stripe", Optional.of(Operation.PAY), "done", "ann")).isOne();
    assertThat(rig.board.release("stripe", Optional.empty(), "done", "ann")).isZero();
    assertThat(rig.changes.getLast())
        .returns("done", BreakerChange::reason)
        .returns(Optional.of("ann"), BreakerChange::who);
  }

  @Test
  void isForAllOperationsIfNoneIsNamed() {
    rig.board.order("stripe", Optional.empty(), given(BreakerState.FORCED_OPEN));

    for (Operation operation : Operation.values()) {
      assertThat(rig.call(BreakerKey.of("stripe", operation), Results.SUCCEEDED)).isFalse();
    }
    assertThat(rig.call(BreakerKey.of("adyen", Operation.PAY), Results.SUCCEEDED)).isTrue();
  }

  @Test
  void isForAllRailsOfTheOperation() {
    BreakerKey visa = new BreakerKey("stripe", Operation.PAY, Optional.of("visa"));
    rig.open(visa);
    assertThat(rig.ask(visa, Origin.LIVE)).isEmpty();

    order(BreakerState.FORCED_CLOSED);

    assertThat(rig.ask(visa, Origin.LIVE)).isPresent();
  }

  @Test
  void isRefusedWithoutReasonNameOrEnd() {
    var now = rig.time.now();
    Optional<Duration> time = Optional.of(HALF_AN_HOUR);
    assertThat(
            List.of(
                Order.of(BreakerState.FORCED_OPEN, " ", "ann", time, now),
                Order.of(BreakerState.FORCED_OPEN, "why", "", time, now),
                Order.of(BreakerState.FORCED_OPEN, "why", "ann", Optional.empty(), now),
                Order.of(BreakerState.FORCED_OPEN, "why", "ann", Optional.of(Duration.ZERO), now),
                Order.of(
                    BreakerState.FORCED_OPEN, "why", "ann", Optional.of(Duration.ofDays(31)), now),
                Order.of(BreakerState.OPEN, "why", "ann", time, now)))
        .allSatisfy(given -> assertThat(given).isInstanceOf(Order.Given.Wrong.class));
  }

  @Test
  void outlivesARestart() {
    order(BreakerState.FORCED_OPEN);
    rig.pass(Duration.ofMinutes(29));

    BoardRig next = restarted();

    assertThat(next.state(PAY)).isEqualTo(BreakerState.FORCED_OPEN);
    assertThat(next.standing(PAY).who()).contains("ann");
    next.pass(Duration.ofMinutes(1));
    assertThat(next.state(PAY)).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void keepsABreakerOpenOverARestart() {
    rig.open(PAY);
    rig.pass(Duration.ofSeconds(10));
    rig.call(PAY, Results.FAILED);
    rig.pass(Duration.ofSeconds(19));

    BoardRig next = restarted();

    assertThat(next.call(PAY, Results.SUCCEEDED)).isFalse();
    assertThat(next.standing(PAY).reopenings()).isEqualTo(2);
    next.pass(Duration.ofSeconds(1));
    assertThat(next.call(PAY, Results.FAILED)).isTrue();
    assertThat(next.standing(PAY).reopenings()).isEqualTo(3);
  }

  @Test
  void takesWhatHappensNowForMoreThanWhatWas() {
    BoardRig next = new BoardRig();
    next.open(PAY);
    Standing now = next.standing(PAY);
    order(BreakerState.FORCED_CLOSED);

    next.board.restore(rig.changes);

    assertThat(next.standing(PAY)).isEqualTo(now);
  }

  private BoardRig restarted() {
    BoardRig next = new BoardRig();
    next.pass(Duration.between(next.time.now(), rig.time.now()));
    next.board.restore(rig.changes);
    return next;
  }

  private void order(BreakerState state) {
    rig.board.order("stripe", Optional.of(Operation.PAY), given(state));
  }

  private Order given(BreakerState state) {
    return ((Order.Given.Right)
            Order.of(state, "maintenance", "ann", Optional.of(HALF_AN_HOUR), rig.time.now()))
        .order();
  }
}
