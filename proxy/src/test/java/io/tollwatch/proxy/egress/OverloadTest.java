package io.tollwatch.proxy.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OverloadTest {

  private static final long MOST = 100;
  private static final Duration LOOK = Duration.ofMillis(10);

  /// Just too short to count.
  private static final Duration MOMENT = Overload.STANDING.minus(LOOK);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // clocks overflow
  private final AtomicLong line = new AtomicLong();
  private final Overload overload = new Overload(line::get, (int) MOST, nanos::get);

  @Test
  void aLineThatIsLongForAMomentRefusesNobody() {
    assertThat(refusedIn(Duration.ofSeconds(2), MOST)).isZero();

    assertThat(refusedIn(MOMENT, MOST + 1)).isZero();
    assertThat(refusedIn(LOOK, MOST)).isZero();
    assertThat(refusedIn(MOMENT, MOST + 1)).isZero();

    assertThat(overload.isOverloaded()).isFalse();
  }

  @Test
  void aLineThatStaysLongIsRefused() {
    assertThat(refusedIn(MOMENT, MOST + 1)).isZero();

    assertThat(refusedIn(LOOK.multipliedBy(5), MOST + 1)).isEqualTo(5);
    assertThat(overload.isOverloaded()).isTrue();
    assertThat(overload.refused()).isEqualTo(5);
  }

  @Test
  void whoFindsAShortLineIsTakenAlthoughItWasLong() {
    refusedIn(Overload.STANDING, MOST + 1);

    assertThat(refusedIn(LOOK, MOST)).isZero();
    assertThat(refusedIn(LOOK, MOST + 1)).isOne();
  }

  @Test
  void isOverWhenTheLineWasShortForAsLong() {
    refusedIn(Overload.STANDING, MOST + 1);

    refusedIn(Overload.STANDING, MOST);

    assertThat(overload.isOverloaded()).isFalse();
    assertThat(refusedIn(MOMENT, MOST + 1)).isZero();
  }

  @Test
  void whereNobodyCallsThereIsNoLine() {
    refusedIn(Overload.STANDING, MOST + 1);

    nanos.addAndGet(Overload.STANDING.toNanos() + 1);
    assertThat(overload.isOverloaded()).isFalse();
    assertThat(refusedIn(MOMENT, MOST + 1)).isZero();
  }

  @Test
  void aBurstAfterALongTimeWithoutCallsIsAMoment() {
    refusedIn(LOOK, 0);

    nanos.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(refusedIn(MOMENT, MOST + 1)).isZero();
  }

  /// How many of the calls are refused that come each look while so many stand in line.
  private int refusedIn(Duration time, long inLine) {
    line.set(inLine);
    int refused = 0;
    for (long i = 0; i < time.dividedBy(LOOK); i++) {
      nanos.addAndGet(LOOK.toNanos());
      refused += overload.refuses() ? 1 : 0;
    }
    return refused;
  }
}
