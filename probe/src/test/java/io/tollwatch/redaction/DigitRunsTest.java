package io.tollwatch.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

/// Redaction is on the way of each call: whatever digits come, it must come to an end.
class DigitRunsTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private final Redactor redactor = new Redactor(Secrets.common(), 64 * 1024);

  @Example
  void endsOnLongRunsOfZeros() {
    String zeros = "0".repeat(20);

    assertThat(assertTimeoutPreemptively(AT_ONCE, () -> redactor.text(zeros))).isEqualTo(zeros);
  }

  @Property(tries = 2_000)
  void endsOnAnyRunOfDigits(
      @ForAll @CharRange(from = '0', to = '2') @StringLength(max = 60) String digits) {
    assertThat(assertTimeoutPreemptively(AT_ONCE, () -> redactor.text("a " + digits + "-00 0b")))
        .isNotNull();
  }

  @Property(tries = 500)
  void endsOnAnyMixOfZerosAndSeparators(@ForAll Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 80; i++) {
      text.append("000000 -.x4e".charAt(random.nextInt(12)));
    }

    assertThat(assertTimeoutPreemptively(AT_ONCE, () -> redactor.text(text.toString())))
        .isNotNull();
  }
}
