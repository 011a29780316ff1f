package io.tollwatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacingTest {

  private static final int MANY = 500;
  private static final long MAX_LAG = 256 << 20;

  private long nowMillis;
  private long workedMillis;
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
    assertThat(pacing.restMillis(MANY, 0)).isZero();
  }

  private long restAfter(long took, long worked, int records, long lagBytes) {
    pacing.begin();
    nowMillis += took;
    workedMillis += worked;
    return pacing.restMillis(records, lagBytes);
  }
}
