package io.tollwatch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExchangeIdsTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final ExchangeIds ids = new ExchangeIds();

  @Test
  void isTwentySixLettersAndDigitsThatCanBeReadOut() {
    assertThat(ids.next(NOON)).matches("[0-9A-HJKMNP-TV-Z]{26}");
  }

  @Test
  void sortsByTimeToTheMillisecond() {
    List<String> inOrder =
        Stream.of(0L, 1L, 31L, 32L, 1_000L, 86_400_000L, 31_536_000_000L)
            .map(millis -> ids.next(NOON.plusMillis(millis)))
            .toList();
    assertThat(inOrder).isSorted();
  }

  @Test
  void neverComesTwice() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      assertThat(seen.add(ids.next(NOON))).isTrue();
    }
  }
}
