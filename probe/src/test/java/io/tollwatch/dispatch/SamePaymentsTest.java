package io.tollwatch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamePaymentsTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final SamePayments payments = new SamePayments();

  private static SamePayments.Mark mark(String payment, String key) {
    return new SamePayments.Mark(payment, Optional.of(key).filter(it -> !it.isEmpty()));
  }

  private Optional<String> note(String payment, String key, String exchange, Instant now) {
    return payments.note(mark(payment, key), exchange, now);
  }

  @Test
  void anotherKeyForTheSamePaymentIsADuplicateWithinADay() {
    assertThat(note("p", "k1", "first", NOON)).isEmpty();
    Instant last = NOON.plus(SamePayments.WINDOW).minusMillis(1);
    assertThat(note("p", "k2", "second", last)).contains("first");
    assertThat(note("p", "k3", "third", last.plusMillis(1))).contains("second");
    assertThat(note("p", "k4", "fourth", last.plus(Duration.ofDays(2)))).isEmpty();
  }

  @Test
  void theSameKeyOrAnotherPaymentIsNone() {
    note("p", "k1", "first", NOON);
    assertThat(note("p", "k1", "again", NOON)).isEmpty();
    assertThat(note("q", "k2", "other", NOON)).isEmpty();
  }

  @Test
  void whereThereIsNoKeyEachCallIsAnotherAttempt() {
    note("p", "", "first", NOON);
    assertThat(note("p", "", "second", NOON)).contains("first");
  }

  @ParameterizedTest
  @CsvSource({
    "IN_DOUBT, true",
    "PENDING, true",
    "SUCCEEDED, true",
    "REJECTED, false",
    "NOT_SENT, false"
  })
  void toTryAgainAfterARefusalIsNone(Money money, boolean duplicate) {
    note("p", "k1", "first", NOON);
    payments.settle(mark("p", "k1"), "first", money);
    assertThat(note("p", "k2", "second", NOON).isPresent()).isEqualTo(duplicate);
  }

  @Test
  void aRefusedDuplicateDoesNotHideWhatMayHaveBeenTakenBefore() {
    note("p", "k1", "first", NOON);
    note("p", "k2", "second", NOON);
    payments.settle(mark("p", "k2"), "second", Money.REJECTED);
    assertThat(note("p", "k3", "third", NOON)).contains("first");
  }

  @Test
  void forgetsTheOldestBeyondItsBounds() {
    for (int i = 0; i <= SamePayments.ENTRIES; i++) {
      note("p" + i, "k1", "call-" + i, NOON);
    }
    assertThat(note("p0", "k2", "again", NOON)).isEmpty();
    for (int i = 0; i < SamePayments.CALLS; i++) {
      note("p9", "k2", "same-" + i, NOON);
    }
    assertThat(note("p9", "k2", "last", NOON)).as("the one with k1 is forgotten").isEmpty();
  }
}
