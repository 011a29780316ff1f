package io.tollwatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.journal.Position;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LagMarksTest {

  private static final long LOOK_MILLIS = 200;

  private final LagMarks marks = new LagMarks();

  @Test
  void isNothingBeforeTheFirstNote() {
    assertThat(marks.age(Position.BEGINNING, 5)).isZero();
  }

  @Test
  void isThatOfTheOldestRecordUnderTrafficThatNeverEnds() {
    long second = 0;
    for (; second < 3_600; second++) {
      note(second, second - 3);
    }
    assertThat(age(second - 3, second)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
  }

  @Test
  void growsWhileTheStoreTakesNothingAndFallsWhenItCatchesUp() {
    for (long second = 0; second <= 7_200; second++) {
      note(second, 0);
    }
    assertThat(age(0, 7_200)).hasHours(2);
    assertThat(age(3_600, 7_200)).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(64));
    assertThat(age(7_100, 7_200)).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(330));
  }

  @Test
  void keepsFewMarksHoweverLongTheStoreTakesNothing() {
    for (long look = 0; look < 30 * 86_400 * 5L; look++) {
      marks.note(at(look), Position.BEGINNING, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS * look));
    }
    assertThat(marks.size()).isLessThan(600);
  }

  /// At each second the journal ends at that offset.
  private void note(long second, long done) {
    marks.note(at(second), at(done), TimeUnit.SECONDS.toNanos(second));
  }

  private Duration age(long done, long second) {
    return marks.age(at(done), TimeUnit.SECONDS.toNanos(second));
  }

  private static Position at(long offset) {
    return new Position(1, offset);
  }
}
