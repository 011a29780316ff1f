package io.tollwatch.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  private static final byte[] KEY = "a key of this process".getBytes(UTF_8);

  private final Fingerprints prints = new Fingerprints(KEY);

  @Test
  void knowsTheSameAgain() {
    assertThat(of("stripe pay", "order-1")).isEqualTo(of("stripe pay", "order-1"));
  }

  @Test
  void tellsScopeAndContentApart() {
    assertThat(of("stripe pay", "order-1"))
        .isNotEqualTo(of("stripe pay", "order-2"))
        .isNotEqualTo(of("stripe refund", "order-1"))
        .isNotEqualTo(of("stripe payorder-1", ""));
    assertThat(of("a", "bc")).isNotEqualTo(of("ab", "c"));
  }

  @Test
  void meansNothingToAnotherProcess() {
    SecureRandom random = new SecureRandom();
    Fingerprints one = Fingerprints.ofThisProcess(random);
    Fingerprints other = Fingerprints.ofThisProcess(random);
    assertThat(one.of("stripe pay", "order-1"))
        .isEqualTo(one.of("stripe pay", "order-1"))
        .isNotEqualTo(other.of("stripe pay", "order-1"));
  }

  @Test
  void showsNothingOfTheContent() {
    assertThat(of("stripe pay", "order-1")).matches("[A-Za-z0-9_-]{22}");
  }

  private String of(String scope, String content) {
    return prints.of(scope, content);
  }
}
