package io.tollwatch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatsTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<Repeats.Mark> KEY = List.of(new Repeats.Mark("key:1", true));
  private static final List<Repeats.Mark> BODY = List.of(new Repeats.Mark("body:1", false));

  private final Repeats repeats = new Repeats();

  @Test
  void theSameKeyIsARepeatForAsLongAsItIsRemembered() {
    assertThat(note(KEY, "first", NOON)).isEmpty();
    assertThat(note(KEY, "second", NOON.plusSeconds(86_400))).hasValue("first");
    assertThat(note(KEY, "third", NOON.plusSeconds(86_401))).hasValue("second");
  }

  @Test
  void theSameBodyIsARepeatWhileTheFirstRunsAndSecondsAfterItsEnd() {
    note(BODY, "first", NOON);
    Instant end = NOON.plusSeconds(90);
    assertThat(note(BODY, "running", end)).hasValue("first");

    repeats.settle(BODY, "running", Money.IN_DOUBT, end);
    Instant last = end.plus(Repeats.SAME_BODY).minusMillis(1);
    assertThat(note(BODY, "soon", last)).hasValue("running");

    repeats.settle(BODY, "soon", Money.IN_DOUBT, last);
    assertThat(note(BODY, "late", last.plus(Repeats.SAME_BODY))).isEmpty();
  }

  @Test
  void aCallWithoutMarksIsNeverOne() {
    assertThat(note(List.of(), "first", NOON)).isEmpty();
    assertThat(note(List.of(), "second", NOON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "IN_DOUBT, true",
    "PENDING, true",
    "SUCCEEDED, true",
    "REJECTED, false",
    "NOT_SENT, false",
    "NONE, false"
  })
  void onlyWhatIsProvenNotToHaveMovedMoneyHasNotMovedIt(Money money, boolean mayHave) {
    note(KEY, "first", NOON);
    repeats.settle(KEY, "first", money, NOON);
    assertThat(repeats.note(KEY, "second", NOON, _ -> true).orElseThrow().mayHaveMoved())
        .isEqualTo(mayHave);
  }

  @Test
  void aRefusedRepeatDoesNotHideTheEarlierCallNorWhatItComesTo() {
    note(KEY, "first", NOON);
    Optional<Repeats.Call> running = repeats.note(KEY, "refused", NOON, _ -> true);
    assertThat(running.orElseThrow().money()).isEqualTo(Money.IN_DOUBT);

    repeats.settle(KEY, "first", Money.REJECTED, NOON);

    Repeats.Call earlier = repeats.note(KEY, "again", NOON, _ -> true).orElseThrow();
    assertThat(earlier.exchange()).isEqualTo("first");
    assertThat(earlier.money()).isEqualTo(Money.REJECTED);
  }

  @Test
  void anEarlierCallsLateEndIsNotTakenForTheLaterOnes() {
    note(KEY, "first", NOON);
    note(KEY, "second", NOON);
    repeats.settle(KEY, "first", Money.REJECTED, NOON);
    assertThat(repeats.note(KEY, "third", NOON, _ -> true).orElseThrow().money())
        .isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void aRepeatThatWasNotSentDoesNotHideTheEarlierCall() {
    note(KEY, "first", NOON);
    repeats.settle(KEY, "first", Money.IN_DOUBT, NOON);
    Optional<Repeats.Call> earlier = repeats.note(KEY, "unsent", NOON, _ -> false);

    repeats.withdraw(KEY, "unsent", earlier);

    Repeats.Call found = repeats.note(KEY, "again", NOON, _ -> true).orElseThrow();
    assertThat(found.exchange()).isEqualTo("first");
    assertThat(found.money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void aFirstCallThatWasNotSentIsForgotten() {
    Optional<Repeats.Call> earlier = repeats.note(KEY, "unsent", NOON, _ -> false);
    repeats.withdraw(KEY, "unsent", earlier);
    assertThat(note(KEY, "again", NOON)).isEmpty();
  }

  @Test
  void forgetsTheOldestBeyondItsBound() {
    for (int i = 0; i <= Repeats.ENTRIES; i++) {
      note(List.of(new Repeats.Mark("key:" + i, true)), "call-" + i, NOON);
    }
    assertThat(note(List.of(new Repeats.Mark("key:0", true)), "again", NOON)).isEmpty();
    assertThat(note(List.of(new Repeats.Mark("key:2", true)), "again", NOON)).hasValue("call-2");
  }

  private Optional<String> note(List<Repeats.Mark> marks, String exchange, Instant at) {
    return repeats.note(marks, exchange, at, _ -> false).map(Repeats.Call::exchange);
  }
}
