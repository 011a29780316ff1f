package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.document.DurationText;
import io.tollwatch.document.SizeText;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @Test
  void readsEveryUnit() {
    assertThat(duration("250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(duration("5s")).isEqualTo(Duration.ofSeconds(5));
    assertThat(duration("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThat(duration("1h")).isEqualTo(Duration.ofHours(1));
    assertThat(duration("999999999d")).isEqualTo(Duration.ofDays(999_999_999));
    assertThat(SizeText.parse("512B")).contains(new SizeText(512));
    assertThat(SizeText.parse("999999999MiB")).contains(new SizeText(999_999_999L << 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "s", "-5s", "5 s", "1.5s", "5S", "PT5S", "9999999999s", "5s ", "５s"})
  void refusesEverythingElse(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
    assertThat(SizeText.parse(text.replace('s', 'B'))).isEmpty();
  }

  private static Duration duration(String text) {
    return DurationText.parse(text).orElseThrow().duration();
  }
}
