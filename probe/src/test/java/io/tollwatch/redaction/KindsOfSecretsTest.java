package io.tollwatch.redaction;

import static io.tollwatch.redaction.Gateway.kept;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.redaction.KeptBody.State;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// P3: what is masked by its kind, by base64, and what a profile exempts from it.
class KindsOfSecretsTest {

  private static final String REFERENCE = "8815495487234650"; // a valid sum, and Adyen's

  private final Redactor redactor = Gateway.redactor();

  @Test
  void bankAccountsKeepCountryAndLastFour() {
    assertThat(redactor.text("to DE89 3704 0044 0532 0130 00, please"))
        .isEqualTo("to DE******3000, please");
    assertThat(kept("application/json", "{\"to\":\"GB82WEST12345698765432\"}"))
        .isEqualTo("{\"to\":\"GB******5432\"}");
    assertThat(redactor.target("/x?to=NO93%208601%201117%20947")).isEqualTo("/x?to=NO******7947");
  }

  @Test
  void ofABankAccountWithMoreDigitsBehindItNothingStays() {
    assertThat(redactor.text("DE89370400440532013000 4242 42")).isEqualTo("***");
  }

  @Test
  void emailAddressesAreMaskedOnlyIfWanted() {
    String body = "{\"to\":\"jane.doe+x@mail.example.com\",\"at\":\"12:00 @ home\"}";
    Redactor masking = new Redactor(Secrets.common(), 1024, Emails.MASK);
    assertThat(kept("application/json", body)).isEqualTo(body);
    assertThat(masking.body(Gateway.whole(body), Gateway.type("application/json")).text())
        .isEqualTo("{\"to\":\"***\",\"at\":\"12:00 @ home\"}");
    assertThat(masking.target("/x?to=jane%40example.com")).isEqualTo("/x?to=***");
  }

  @Test
  void base64IsMaskedAsAWholeAtTwoLevelsAndDeeperWhateverItSays() {
    String once = base64("card 4242 4242 4242 4242 of x");
    String harmless = base64("nothing but words in here");
    assertThat(redactor.text("a " + once + " b")).isEqualTo("a *** b");
    assertThat(redactor.text("a " + base64(once) + "; b")).isEqualTo("a ***; b");
    assertThat(redactor.text("a " + base64(base64(once)) + "; b")).isEqualTo("a ***; b");
    assertThat(redactor.text(base64("cvc=123 a"))).isEqualTo("***");
    assertThat(redactor.text(base64("sk_live_4eC39HqLyjWDarjt"))).isEqualTo("***");
    assertThat(redactor.text("a " + harmless + " b")).isEqualTo("a " + harmless + " b");
    assertThat(redactor.fields(Fields.of("X-Request-Id", once)))
        .isEqualTo(Fields.of("X-Request-Id", "***"));
    assertThat(redactor.target("/x/" + once.replace("=", "") + "?a=" + once))
        .isEqualTo("/x/***?a=***");
  }

  @Test
  void longBase64OfTextIsMaskedUndecoded() {
    String text = base64("harmless words, but so many of them; ".repeat(600));
    assertThat(redactor.text("a " + text + "; b")).isEqualTo("a ***; b");
  }

  @Test
  void whatTheGatewayMakesIsExemptInItsAnswersOnly() {
    Secrets secrets =
        new Secrets(
            Set.of(),
            Set.of(),
            Set.of("$.pspReference", "header pspReference"),
            Set.of("pspreference"));
    Redactor own = new Redactor(secrets, 1024);
    String body = "{\"pspReference\":\"%s\",\"note\":\"%s\"}".formatted(REFERENCE, REFERENCE);
    String masked = "881549******4650";
    Fields json = Gateway.type("application/json");
    assertThat(own.answerBody(Gateway.whole(body), json).text())
        .isEqualTo("{\"pspReference\":\"%s\",\"note\":\"%s\"}".formatted(REFERENCE, masked));
    assertThat(own.body(Gateway.whole(body), json).text()).doesNotContain(REFERENCE);
    assertThat(own.answerBody(Gateway.whole("{\"a\":" + body + "}"), json).text())
        .doesNotContain(REFERENCE);
    assertThat(own.answerFields(Fields.of("pspreference", REFERENCE)))
        .isEqualTo(Fields.of("pspreference", REFERENCE));
    assertThat(own.fields(Fields.of("pspreference", REFERENCE)).toString())
        .doesNotContain(REFERENCE);
  }

  @Test
  void anExemptPlaceHoldsNoTextAndOpensNoSecretName() {
    Secrets secrets = new Secrets(Set.of(), Set.of(), Set.of("$.ref", "$.cvc"), Set.of());
    String body = "{\"ref\":\"4242 4242 4242 4242\",\"cvc\":\"737\"}";
    assertThat(
            new Redactor(secrets, 1024)
                .answerBody(Gateway.whole(body), Gateway.type("application/json"))
                .text())
        .isEqualTo("{\"ref\":\"424242******4242\",\"cvc\":\"***\"}");
  }

  @Test
  void duplicateKeysAreAllMasked() {
    assertThat(kept("application/json", "{\"cvc\":\"1\",\"cvc\":2,\"cvc\":{\"x\":3},\"cvc\":[4]}"))
        .isEqualTo("{\"cvc\":\"***\",\"cvc\":\"***\",\"cvc\":\"***\",\"cvc\":\"***\"}");
    assertThat(kept("application/x-www-form-urlencoded", "cvc=1&cvc=2&cvc[0]=3"))
        .isEqualTo("cvc=***&cvc=***&cvc[0]=***");
  }

  @Test
  void beyondALimitOfJsonNothingIsKept() {
    Fields json = Gateway.type("application/json");
    String deep = "{\"a\":1,\"b\":" + "[".repeat(200) + "\"4242\"" + "]".repeat(200) + "}";
    String number = "{\"a\":1,\"b\":" + "4".repeat(2000) + ",\"c\":2}";
    for (String body : List.of(deep, number)) {
      KeptBody kept = redactor.body(Gateway.whole(body), json);
      assertThat(kept.state()).isEqualTo(State.CUT);
      assertThat(kept.text()).startsWith("{\"a\":1").doesNotContain("4");
    }
  }

  @Test
  void whatIsNotCalledByItsTypeIsKnownByItsLook() {
    String form = "a=b&card[number]=4242%C2%A04242%C2%A04242%C2%A04242&note=73719158&cvc=73719158";
    assertThat(kept("text/plain", form))
        .isEqualTo("a=b&card[number]=424242******4242&note=73719158&cvc=***");
    assertThat(kept("", "<a><f name=\"cvc\">737</f></a>")).contains("<f name=\"cvc\">***</f>");
    assertThat(
            kept(
                "text/plain",
                "--x\r\nContent-Disposition: form-data; name=\"cvc\"\r\n\r\n737\r\n--x--"))
        .contains("***")
        .doesNotContain("737");
    assertThat(kept("application/json", "{oops \"k\":\"sk\\u005flive_4eC39HqLyjWDarjt\"}"))
        .isEqualTo("{oops \"k\":\"***\"}");
  }

  @Test
  void theOneCardOfARequestIsNeverOneWithACodeBehindIt() {
    assertThat(OneCard.in("{\"number\":\"4242 4242 4242 4242\",\"cvc\":\"737\"}"))
        .contains("4242424242424242");
    assertThat(OneCard.in("number=378282246310005&amount=1732316400007"))
        .contains("378282246310005");
    assertThat(OneCard.in("4242424242424242 and 4242-4242-4242-4242")).contains("4242424242424242");
    assertThat(OneCard.in("4242424242424242 or 5555555555554444")).isEmpty();
    for (String code : List.of("139", "737", "0139")) {
      assertThat(OneCard.in("4242 4242 4242 4242 " + code)).isEmpty();
      assertThat(OneCard.in("4242424242424242 " + code)).isEmpty();
      assertThat(OneCard.in("4242424242424242" + code)).isEmpty();
    }
    assertThat(OneCard.in("no card 4242424242424241")).isEmpty();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
