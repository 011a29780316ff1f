package io.tollwatch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How looks are rationed, in time that the test makes.
class BudgetTest {

  private static final double PER_SECOND = 2;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Budget budget = new Budget();
  private long now = 7;

  /// How many looks go in that time if somebody asks for one all the time.
  private int taken(Duration time, boolean answered) {
    int taken = 0;
    long end = now + time.toNanos();
    for (; now < end; now += SECOND / 100) {
      if (budget.take(now, PER_SECOND, () -> true)) {
        taken++;
        budget.done(now, answered);
      }
    }
    return taken;
  }

  @Test
  void aHealthyGatewayGetsNoMoreThanTheRate() {
    assertThat(taken(Duration.ofSeconds(60), true)).isBetween(115, 120);
  }

  @Test
  void aSickOneGetsAFewAndThenSingleOnesAfterGrowingPauses() {
    assertThat(taken(Duration.ofHours(1), false)).isBetween(5, 14);
    assertThat(budget.stopped()).isTrue();
  }

  @Test
  void itComesBackStepByStep() {
    taken(Duration.ofHours(1), false);
    now += Budget.MAX_PAUSE.toNanos();
    assertThat(budget.take(now, PER_SECOND, () -> true)).isTrue();
    budget.done(now, true);
    assertThat(budget.stopped()).isFalse();

    assertThat(taken(Duration.ofSeconds(60), true)).isBetween(100, 118);
  }

  @Test
  void onlyAFewAreUnderWayAtOnce() {
    int running = 0;
    for (int i = 0; i < 100; i++) {
      now += SECOND;
      running += budget.take(now, PER_SECOND, () -> true) ? 1 : 0;
    }
    assertThat(running).isEqualTo(Budget.MAX_RUNNING);
  }

  @Test
  void intervalsDoubleUpToTheLongest() {
    Pace pace = Pace.defaults();

    assertThat(pace.next(0, 0.5)).isEqualTo(pace.firstDelay());
    assertThat(pace.next(3, 0.5)).isEqualTo(pace.firstDelay().multipliedBy(8));
    assertThat(pace.next(1_000_000, 0.5)).isEqualTo(pace.maxInterval());
    assertThat(pace.next(0, 0)).isEqualTo(Duration.ofSeconds(24));
    assertThat(pace.next(0, 1)).isEqualTo(Duration.ofSeconds(36));
  }

  /// The 2025-04-12 lesson of UPI: looks stay a small share of what a provider gets anyway.
  @Test
  void looksStayAShareOfLiveTrafficHoweverHighTheRateIs() {
    Traffic traffic = new Traffic(() -> now);
    int alone = looks(traffic, 59);
    assertThat(alone).isEqualTo(Traffic.FLOOR);

    now += 2 * 60 * SECOND;
    for (int i = 0; i < 1_000; i++) {
      traffic.settled(Samples.pay(i), Samples.succeeded(i));
    }
    assertThat(looks(traffic, 59)).isEqualTo(Traffic.FLOOR + 100);
    assertThat(traffic.bears("another")).as("each provider by itself").isTrue();
  }

  private int looks(Traffic traffic, int seconds) {
    int looks = 0;
    for (int i = 0; i < seconds * 20; i++) {
      now += SECOND / 20;
      looks += traffic.bears(Samples.pay(1).provider()) ? 1 : 0;
    }
    return looks;
  }
}
