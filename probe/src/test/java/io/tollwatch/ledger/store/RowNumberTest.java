package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.ledger.Samples;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowNumberTest {

  private static final long YEAR_2100 = 4_102_444_800_000L;
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static String id(long millis, long random) {
    StringBuilder id = new StringBuilder();
    for (int bits = 45; bits >= 0; bits -= 5) {
      id.append(ALPHABET.charAt((int) (millis >>> bits & 31)));
    }
    for (int bits = 75; bits >= 0; bits -= 5) {
      id.append(ALPHABET.charAt((int) (bits > 59 ? random >>> 59 & 31 : random >>> bits & 31)));
    }
    return id.toString();
  }

  @Property
  void liesWithinTheWindowsOfItsTime(
      @ForAll @LongRange(min = 0, max = YEAR_2100) long millis, @ForAll long random) {
    Instant start = Instant.ofEpochMilli(millis);
    long first = RowNumber.first(id(millis, random), start);
    long last = first + RowNumber.SLOTS - 1;

    assertThat(first).isGreaterThanOrEqualTo(RowNumber.from(start)).isNotNegative();
    assertThat(last).isLessThan(RowNumber.until(start.plusNanos(1)));
    assertThat(first).isGreaterThanOrEqualTo(RowNumber.before(start));
    assertThat(last).isLessThan(RowNumber.before(start.plusMillis(1)));
  }

  @Property
  void ordersAsIdsDo(
      @ForAll @LongRange(min = 0, max = YEAR_2100) long one,
      @ForAll @LongRange(min = 0, max = YEAR_2100) long other,
      @ForAll long random) {
    assertThat(Long.compare(RowNumber.first(id(one, random)), RowNumber.first(id(other, random))))
        .isEqualTo(Integer.signum(id(one, random).compareTo(id(other, random))));
  }

  @Test
  void leavesRoomBesideIdsThatAgree() {
    long first = RowNumber.first("01KJMDECB300010000000000AB");

    assertThat(RowNumber.first("01KJMDECB30001ZZZZZZZZZZZZ")).isEqualTo(first);
    assertThat(RowNumber.first("01KJMDECB30003ZZZZZZZZZZZZ")).isEqualTo(first + RowNumber.SLOTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "01KJMDEUB30000000000000001", "01kjmdecb30000000000000001"})
  void refusesWhatIsNoIdOfThisProgram(String id) {
    assertThatThrownBy(() -> RowNumber.first(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnIdOfAnotherTimeForNoWindowWouldFindIt() {
    Instant other = Samples.startedAt(1).plus(Duration.ofMinutes(3));

    assertThatThrownBy(() -> RowNumber.first(Samples.id(1), other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Samples.id(1));
  }

  @Test
  void takesTimesBeyondAnyCalendar() {
    assertThat(RowNumber.from(Instant.MIN)).isZero();
    assertThat(RowNumber.until(Instant.MAX)).isPositive();
    assertThat(RowNumber.before(Instant.MAX)).isPositive();
  }
}
