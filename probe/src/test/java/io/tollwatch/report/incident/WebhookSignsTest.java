package io.tollwatch.report.incident;

import static io.tollwatch.report.incident.Calls.at;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebhookSignsTest {

  private static WebhookSigns heard(long waiting, int until, int back) {
    WebhookSigns signs = new WebhookSigns((_, _, _) -> waiting);
    for (int minute = 0; minute < 2_000; minute += 2) {
      if (minute < until || minute >= back) {
        signs.heard("alipay", at(minute));
      }
    }
    return signs;
  }

  @Test
  void tellsThatTheyStayAwayAndThatTheyAreBack() {
    assertThat(heard(5, 1_000, 1_200).signs(at(2_000)))
        .singleElement()
        .satisfies(sign -> {
          assertThat(sign.from()).isEqualTo(at(998));
          assertThat(sign.toldAt()).isEqualTo(at(998 + 40));
          assertThat(sign.until()).contains(at(1_200));
          assertThat(sign.words()).contains("one in 120 seconds is normal");
        });
  }

  @Test
  void theSilenceMayLast() {
    assertThat(heard(5, 1_000, 9_999).signs(at(1_500)))
        .singleElement()
        .satisfies(sign -> assertThat(sign.until()).isEmpty());
  }

  @Test
  void nobodyWaitsThenNothingIsMissed() {
    assertThat(heard(2, 1_000, 1_200).signs(at(2_000))).isEmpty();
    assertThat(heard(5, 1_000, 1_030).signs(at(2_000))).isEmpty();
  }
}
