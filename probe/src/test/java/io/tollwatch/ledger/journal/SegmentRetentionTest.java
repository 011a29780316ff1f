package io.tollwatch.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Ten segments of 100 bytes, one an hour; the last is live.
class SegmentRetentionTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Position ALL = new Position(10, 64);
  private static final List<Segment> SEGMENTS =
      IntStream.rangeClosed(1, 10)
          .mapToObj(n -> new Segment(n, 100, NOW.minus(Duration.ofHours(10 - n)), n == 10))
          .toList();

  private static List<Long> deletable(int keepHours, long keepBytes, Position passed) {
    return new SegmentRetention(Duration.ofHours(keepHours), keepBytes)
        .deletable(SEGMENTS.reversed(), passed, NOW).stream().map(Segment::number).toList();
  }

  @Test
  void whatIsTooOldGoes() {
    assertThat(deletable(7, 1_000, ALL)).containsExactly(1L, 2L);
    assertThat(deletable(9, 1_000, ALL)).isEmpty();
  }

  @Test
  void whatIsTooMuchGoesOldestFirst() {
    assertThat(deletable(100, 700, ALL)).containsExactly(1L, 2L, 3L);
    assertThat(deletable(100, 699, ALL)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(deletable(8, 900, ALL)).containsExactly(1L);
  }

  @Test
  void whatNobodyHasPassedStays() {
    assertThat(deletable(0, 0, new Position(3, 100))).containsExactly(1L, 2L);
    assertThat(deletable(0, 0, Position.BEGINNING)).isEmpty();
  }

  @Test
  void theLiveOneStays() {
    assertThat(deletable(0, 0, Position.UNBOUNDED)).hasSize(9).doesNotContain(10L);
  }
}
