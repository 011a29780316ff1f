package io.tollwatch.proxy.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OverloadTest {

  private static final long MOST = 100;
  private static final Duration LOOK = Duration.ofMillis(1);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // clocks overflow
  private final AtomicLong line = new AtomicLong();
  private final Overload overload = new Overload(line::get, (int) MOST, nanos::get);

  @Test
  void aBurstRefusesNobody() {
    assertThat(refusedIn(Duration.ofSeconds(2), MOST / 2)).isZero();

    assertThat(refusedIn(Duration.ofMillis(50), 5 * MOST)).isZero();
    assertThat(overload.isOverloaded()).isFalse();
    assertThat(refusedIn(Duration.ofSeconds(2), MOST)).isZero();
  }

  @Test
  void aLineThatStaysLongIsRefusedAfterAWhile() {
    assertThat(refusedIn(Duration.ofMillis(300), 2 * MOST)).isZero();

    assertThat(refusedIn(Duration.ofMillis(100), 2 * MOST)).isPositive();

    assertThat(overload.isOverloaded()).isTrue();
    assertThat(refusedIn(LOOK.multipliedBy(5), MOST + 1)).isEqualTo(5);
  }

  /// As it is where the sockets are looked at only when the line is empty.
  @Test
  void aLineThatComesInWavesIsTooLongByItsMean() {
    for (int wave = 0; wave < 100; wave++) {
      refusedIn(LOOK.multipliedBy(5), 4 * MOST);
      refusedIn(LOOK.multipliedBy(5), 0);
    }

    assertThat(overload.isOverloaded()).isTrue();
    assertThat(refusedIn(LOOK, 4 * MOST)).isOne();
  }

  @Test
  void whoFindsAShortLineIsTakenAlthoughItWasLong() {
    refusedIn(Duration.ofSeconds(1), 2 * MOST);

    assertThat(refusedIn(LOOK, MOST)).isZero();
    assertThat(refusedIn(LOOK, MOST + 1)).isOne();
  }

  @Test
  void isOverWhenTheLineWasShortForAWhile() {
    refusedIn(Duration.ofSeconds(1), 2 * MOST);

    assertThat(refusedIn(Duration.ofSeconds(1), MOST / 4)).isZero();

    assertThat(overload.isOverloaded()).isFalse();
    assertThat(refusedIn(Duration.ofMillis(100), 2 * MOST)).isZero();
  }

  @Test
  void whereNobodyCallsThereIsNoLine() {
    refusedIn(Duration.ofSeconds(1), 2 * MOST);

    nanos.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(overload.isOverloaded()).isFalse();
    assertThat(refusedIn(Duration.ofMillis(300), 2 * MOST)).isZero();
  }

  /// Ten calls a second that each find a long line, because all of them come at once.
  @Test
  void fewCallsAreNoOverload() {
    for (int i = 0; i < 100; i++) {
      nanos.addAndGet(Duration.ofMillis(100).toNanos());
      assertThat(refusedIn(LOOK, 5 * MOST)).isZero();
    }
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
