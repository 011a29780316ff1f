package io.tollwatch.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/// P3: where the first look sees no sign, no closer look would have found anything. Texts are made
/// of secrets, pieces of secrets and what stands around them.
class FirstLookTest {

  private static final List<String> PIECES =
      List.of(
          "4242424242424242",
          "4242 4242 4242 4242",
          "42424242",
          "4.24242424242424e15",
          "4E15",
          "e+9",
          "٤٢٤٢",
          "%34%32",
          "\\u0034",
          "&#52;",
          "DE89370400440532013000",
          "DE89 3704 0044 0532 0130 00",
          "de%389",
          "XX12",
          "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
          "rk_test_1234",
          "whsec_bWVzc2FnZQ==",
          "pi_1_secret_2",
          "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
          "access_token$sandbox$abc",
          "Bearer abc.def",
          "bEaReR x",
          "basic dXNlcjpwYXNz",
          "eyJhbGciOiJIUzI1NiJ9",
          "AKIAIOSFODNN7EXAMPLE",
          "AQEyhmfxLI3MaBFLw0m/n3Q5qf3Va",
          "A21AAabcdefghijklmnop",
          "EAAAabcdefghijklmnopq",
          "sq0atp-abcdefghijklmnopq",
          "adyenjs_0_1_25$abc",
          "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj",
          "-----BEGIN PRIVATE KEY-----",
          "%B4242424242424242^DOE/J^30",
          "4242424242424242=3012",
          "4242424242424242D3012",
          "Y3ZjPTEyMyBjdmM9MTIz",
          "eyJjdmMiOiIxMjMifQ==",
          "z".repeat(60) + "\n",
          "Y3ZjPTEy",
          "cvc=123",
          "\"cvc\": \"123\"",
          "<cvc>123</cvc>",
          "password:",
          "jane.doe@example.com",
          "description",
          "order-1",
          "succeeded",
          "yyyyyyyyyyyy");

  private final TextRedaction redaction =
      new TextRedaction(new SecretNames(Secrets.common()), Emails.MASK);

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece = Arbitraries.of(PIECES);
    Arbitrary<String> part =
        piece.flatMap(whole ->
            Arbitraries.integers()
                .between(0, whole.length())
                .map(at -> at % 2 == 0 ? whole.substring(at) : whole.substring(0, at)));
    Arbitrary<String> between = Arbitraries.of("", " ", "-", "=", ":", "\"", "&", "_", "\n", "é");
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(3);
    return Arbitraries.frequencyOf(
            Tuple.of(3, piece), Tuple.of(3, part), Tuple.of(3, between), Tuple.of(1, any))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 4000)
  void noCloserLookFindsMore(@ForAll("texts") String text) {
    String lookedAt = redaction.look(text, FirstLook.ALL);
    assertThat(redaction.redact(text)).isEqualTo(text.length() < 5 ? text : lookedAt);
  }

  /// What shows that base64 hides text may stand where no long run is.
  @Test
  void seesTheShortLastLineOfBase64() {
    String text = "z".repeat(60) + "\nY3ZjPTEy"; // cvc=12
    assertThat(redaction.look(text, FirstLook.ALL)).isEqualTo(Mask.ALL);
    assertThat(redaction.redact(text)).isEqualTo(Mask.ALL);
  }

  @Test
  void givesNoSignOfMostValues() {
    List<String> values =
        List.of("succeeded", "eur", "1000", "pi_1", "card_visa", "2026", "a b c", "order 1");
    for (String value : values) {
      assertThat(FirstLook.at(value)).as(value).isEqualTo(FirstLook.NOTHING);
    }
  }
}
