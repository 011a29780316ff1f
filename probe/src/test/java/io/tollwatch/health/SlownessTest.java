package io.tollwatch.health;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.health.BreakerSettings.Slowness;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlownessTest {

  private static final Slowness USUAL = new Slowness(Duration.of(20, SECONDS), 10);

  @Test
  void isWhatTheSettingsSayWhereTheProvidersOwnTimesAreNotKnown() {
    assertThat(USUAL.limit(Optional.empty())).hasSeconds(20);
  }

  @Test
  void isManyTimesTheProvidersOwnMedian() {
    assertThat(limit(USUAL, Duration.of(150, MILLIS))).hasMillis(1_500);
  }

  @Test
  void isNeverLessThanASecond() {
    assertThat(limit(USUAL, Duration.of(3, MILLIS))).hasSeconds(1);
  }

  @Test
  void isNeverMoreThanTheSettingsSay() {
    assertThat(limit(USUAL, Duration.of(2_001, MILLIS))).hasSeconds(20);
    assertThat(limit(new Slowness(Duration.of(200, MILLIS), 10), Duration.ZERO)).hasMillis(200);
  }

  @Test
  void isReckonedWithoutOverflowForTheLongestCallsAndTheLargestMultiple() {
    Slowness most = new Slowness(Duration.of(1, DAYS), 1_000);
    assertThat(limit(most, Duration.of(7, DAYS))).hasDays(1);
  }

  private static Duration limit(Slowness slowness, Duration usual) {
    return slowness.limit(Optional.of(usual));
  }
}
