package io.tollwatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.LedgerState.Lag;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacingTest {

  private static final int MANY = 500;
  private static final long MAX_LAG = 256 << 20;

  private long nowMillis;
  private long workedMillis;
  private Duration lateBy = Duration.ofSeconds(2);
  private final Pacing pacing =
      new Pacing(
          () -> TimeUnit.MILLISECONDS.toNanos(nowMillis),
          () -> TimeUnit.MILLISECONDS.toNanos(workedMillis),
          MAX_LAG);

  @Test
  void restsWhereOthersWantTheCores() {
    assertThat(restAfter(40, 20, MANY, 1 << 20)).isEqualTo(19 * 20);
  }

  @Test
  void restsNoLongerThanASecond() {
    assertThat(restAfter(900, 300, MANY, 1 << 20)).isEqualTo(1_000);
  }

  @Test
  void restsLessWhereTheStoreIsLate() {
    lateBy = Duration.ofMinutes(1);
    assertThat(restAfter(40, 20, MANY, 1 << 20)).isEqualTo(19 * 20);

    lateBy = Duration.ofMillis(60_001);
    assertThat(restAfter(40, 20, MANY, 1 << 20)).isEqualTo(3 * 20);
  }

  @Test
  void goesOnWhereACoreIsFree() {
    assertThat(restAfter(24, 20, MANY, 1 << 20)).isZero();
  }

  @Test
  void goesOnWhereTheStoreLagsTooFar() {
    assertThat(restAfter(40, 20, MANY, MAX_LAG + 1)).isZero();
  }

  @Test
  void goesOnAfterAFewRecords() {
    assertThat(restAfter(40, 20, Pacing.MIN_RECORDS - 1, 0)).isZero();
  }

  @Test
  void goesOnWhereNobodyKnowsWhoWorks() {
    workedMillis = -1;
    pacing.begin();
    nowMillis += 40;
    assertThat(pacing.restMillis(MANY, Lag.NONE)).isZero();
  }

  private long restAfter(long took, long worked, int records, long lagBytes) {
    pacing.begin();
    nowMillis += took;
    workedMillis += worked;
    return pacing.restMillis(records, new Lag(lagBytes, lateBy));
  }
}
