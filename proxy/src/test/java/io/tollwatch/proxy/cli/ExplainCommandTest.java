package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  @Test
  void saysWhatACodeMeansForTheMoneyWhatToDoAndWhereThatStands() {
    Ran ran = Ran.command("explain", "stripe", "insufficient_funds");

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("stripe  insufficient_funds")
        .contains("decline_soft: refused; may work later or elsewhere")
        .contains("customer: the customer's data, balance or consent")
        .contains("rejected: the gateway did not take it")
        .contains("tell_customer: the customer must act, or pay another way")
        .contains("not against the gateway")
        .contains("$.error.decline_code")
        .containsPattern("rule +stripe/decline_code/insufficient_funds, stripe.yaml:\\d+, stripe@");
  }

  @Test
  void explainsSeveralCodesEachAtAllItsPlaces() {
    Ran ran = Ran.command("explain", "stripe", "card_declined", "lost_card");
    assertThat(ran.out()).contains("stripe/code/card_declined", "stripe/decline_code/lost_card");
    assertThat(Ran.command("explain", "stripe", "decline_code/lost_card").out())
        .contains("stripe/decline_code/lost_card");
  }

  @Test
  void saysWhatACardNetworksAdviceMeansForTryingAgain() {
    Ran stop = Ran.command("explain", "adyen", "merchantAdviceCode/03");
    assertThat(stop.code()).isZero();
    assertThat(stop.out())
        .contains("adyen  03", "advice on trying again", "goes to no other gateway")
        .contains("tell_customer: the customer must act, or pay another way")
        .contains("$.additionalData.merchantAdviceCode")
        .containsPattern("hint +adyen.yaml:\\d+, adyen@");

    Ran later = Ran.command("explain", "stripe", "try_again_later", "advice_code/try_again_later");
    assertThat(later.out())
        .contains("back_off: later and slower", "instead of fail_over, tell_customer")
        .contains("declines that may work later")
        .doesNotContain("goes to no other gateway");
  }

  @Test
  void saysAnAdviceToMachinesAndOffersTheOneThatMayHaveBeenMeant() {
    Ran ran = Ran.command("explain", "cybersource", "code/21", "--json");
    JsonNode advice = JSON.readTree(ran.lines().getLast());
    assertThat(advice.path("hint").asBoolean()).isTrue();
    assertThat(advice.path("stop").asBoolean()).isTrue();
    assertThat(advice.path("action").asString()).isEqualTo("tell_customer");
    assertThat(advice.path("at").asString()).matches("cybersource\\.yaml:\\d+");
    assertThat(Ran.command("explain", "stripe", "do_not_try_agian").err())
        .contains("did you mean do_not_try_again");
  }

  @Test
  void namesTheSourceOfWhatIsFinal() {
    Ran ran = Ran.command("explain", "stripe", "lost_card", "--json");
    JsonNode first = JSON.readTree(ran.lines().getFirst());
    assertThat(first.path("final").asBoolean()).isEqualTo(first.has("final_source"));
    assertThat(first.path("category").asString()).isEqualTo("decline_hard");
    assertThat(first.path("place").asString()).startsWith("$.");
    assertThat(first.path("at").asString()).matches("stripe\\.yaml:\\d+");
  }

  @ParameterizedTest
  @CsvSource({
    "insuficient_funds, did you mean insufficient_funds",
    "Insufficient_Funds, did you mean insufficient_funds",
    "zzzzzzzzzzzzzzzzzzzzzzzz, what is more general in an answer decides"
  })
  void offersWhatMayHaveBeenMeantByACodeThatItDoesNotKnow(String code, String hint) {
    Ran ran = Ran.command("explain", "stripe", code, "lost_card");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("knows no code '" + code + "'", hint);
    assertThat(ran.out()).as("the others are explained").contains("lost_card");
    JsonNode unknown =
        JSON.readTree(Ran.command("explain", "stripe", code, "--json").lines().getFirst());
    assertThat(unknown.path("known").asBoolean(true)).isFalse();
  }

  @Test
  void saysWhatAStatusMeansWhereTheBodySaysNoMore() {
    Ran ran = Ran.command("explain", "stripe", "429", "http/503");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("rate_limited: refused because of volume")
        .containsPattern("rule +http/429, http.yaml:\\d+, stripe@")
        .contains("http/503");
    assertThat(Ran.command("explain", "stripe", "499", "521", "599").out())
        .contains("http/499")
        .contains("http/521", "status, where Server is cloudflare", "http/5xx");
    assertThat(Ran.command("explain", "stripe", "200").code()).isEqualTo(1);
  }

  @Test
  void doubtsARefusalThatIsAPage() {
    Ran ran = Ran.command("explain", "stripe", "404", "--json");
    assertThat(ran.lines()).hasSize(2);
    JsonNode page = JSON.readTree(ran.lines().getFirst());
    assertThat(page.path("when").path(0).asString()).isEqualTo("the body is a page");
    assertThat(page.path("money").asString()).isEqualTo("in_doubt");
    JsonNode answer = JSON.readTree(ran.lines().getLast());
    assertThat(answer.has("when")).isFalse();
    assertThat(answer.path("category").asString()).isEqualTo("state_conflict");
  }

  @Test
  void saysWhatABreakMeansBeforeAndAfterSomethingWasSent() {
    Ran ran = Ran.command("explain", "stripe", "idle_close_race");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("no answer, where nothing was sent", "not_sent: nothing reached the gateway")
        .contains("no answer, where something may have been sent", "in_doubt: it may have been")
        .containsPattern("rule +transport/idle_close_race, transport.yaml:\\d+, stripe@");
  }

  @Test
  void offersTheGatewayThatMayHaveBeenMeant() {
    Ran ran = Ran.command("explain", "strpe", "lost_card");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("there is no gateway 'strpe'; did you mean stripe?");
  }

  @Test
  void knowsProvidersByTheirNamesAndProfilesOfOnesOwn() throws IOException {
    assertThat(Ran.command("explain", "stripe-test", "lost_card").code()).isZero();
    Path own =
        Files.writeString(
            folder.resolve("acme.yaml"),
            """
            name: acme
            version: 1
            errors:
              - at: $.why
                rules: {broke: {category: decline_soft, fault: issuer}}
            """);
    Ran ran = Ran.command("explain", "acme", "broke", "--profile", own.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("acme/why/broke, acme.yaml:5", "a profile of your own");
  }

  @Test
  void textFromOutsideObeysNoTerminal() {
    assertThat(Ran.command("explain", "stripe", "x\u001b[31m").err()).doesNotContain("\u001b");
  }
}
