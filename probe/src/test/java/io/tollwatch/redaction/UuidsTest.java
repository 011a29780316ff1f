package io.tollwatch.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That the keys which libraries make are no secrets by chance, and hide none either.
class UuidsTest {

  private static final int LIMIT = 64 * 1024;

  private final Redactor redactor = new Redactor(Secrets.common(), LIMIT);

  @Test
  void nearlyNoneIsTakenForASecret() {
    Random random = new Random(20261126);
    long taken =
        IntStream.range(0, 20_000)
            .mapToObj(_ -> random(random).toString())
            .filter(each -> !redactor.harmless(each))
            .count();

    assertThat(taken).isLessThan(60); // 0.15 %; by their looks it would be 1 %
  }

  /// Version 4, variant 2 (RFC 9562, section 5.4).
  private static UUID random(Random random) {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42424242-4242-4242-abcd-efabcdefabcd",
        "abcdefab-4242-4242-4242-4242cdefabcd",
        "a4000056-6556-6555-6abc-efabcdefabcd",
        "abcdefab-cdef-abcd-4111-111111111111",
      })
  void aCardNumberInItsFormIsNotOverlooked(String text) {
    assertThat(redactor.harmless(text)).isFalse();
  }

  @Test
  void aSecretThatIsKnownStaysOne() {
    String secret = "0f8fad5b-d9cb-469f-a165-70867728950e";

    assertThat(redactor.harmless(secret)).isTrue();
    assertThat(redactor.masking(List.of(secret)).harmless(secret)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0f8fad5b-d9cb-469f-a165-70867728950",
        "0f8fad5b-d9cb-469f-a165-70867728950g",
        "0f8fad5bxd9cb-469f-a165-70867728950e",
        "0f8fad5b-d9cb-469f-a165-70867728950\u0663",
      })
  void anythingElseIsLookedAt(String text) {
    assertThat(Uuids.isPlain(text)).isFalse();
  }
}
