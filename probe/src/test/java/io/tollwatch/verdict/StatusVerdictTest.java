package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.QUERY;
import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a status means where the body says nothing.
class StatusVerdictTest {

  private static final String PAGE = "<html><title>Attention Required</title></html>";

  @ParameterizedTest
  @CsvSource({
    "307, unknown, provider, in_doubt, reconcile, true, true, http/3xx",
    "400, request_invalid, merchant_request, rejected, fix_request, false, false, http/400",
    "401, config_or_auth, merchant_config, rejected, fix_config, true, false, http/401",
    "402, decline_soft, issuer, rejected, tell_customer, false, false, http/402",
    "403, config_or_auth, merchant_config, rejected, fix_config, false, false, http/403",
    "404, state_conflict, merchant_request, rejected, reconcile, false, false, http/404",
    "408, answer_lost, network, in_doubt, retry_same, true, true, http/408",
    "409, in_progress_conflict, merchant_request, in_doubt, retry_same, false, false, http/409",
    "410, state_conflict, merchant_request, rejected, reconcile, false, false, http/410",
    "415, request_invalid, merchant_request, rejected, fix_request, false, false, http/415",
    "422, request_invalid, merchant_request, rejected, fix_request, false, false, http/422",
    "425, rate_limited, rate_limit, rejected, retry_same, true, false, http/425",
    "426, config_or_auth, merchant_config, rejected, fix_config, false, false, http/426",
    "429, rate_limited, rate_limit, rejected, back_off, true, false, http/429",
    "499, answer_lost, unknown, in_doubt, reconcile, false, false, http/499",
    "418, unknown, unknown, in_doubt, reconcile, false, false, unknown",
    "500, provider_error, provider, in_doubt, retry_same, true, true, http/500",
    "501, config_or_auth, merchant_config, rejected, fix_config, false, false, http/501",
    "503, provider_error, provider, in_doubt, retry_same, true, true, http/503",
    "504, provider_error, provider, in_doubt, reconcile, true, true, http/504",
    "522, provider_error, provider, in_doubt, reconcile, true, true, http/522",
    "521, provider_error, provider, in_doubt, reconcile, true, true, http/5xx",
    "599, provider_error, provider, in_doubt, reconcile, true, true, http/5xx",
    "200, unknown, unknown, in_doubt, reconcile, false, false, unknown",
    "202, unknown, unknown, in_doubt, reconcile, false, false, unknown",
    "204, unknown, unknown, in_doubt, reconcile, false, false, unknown",
  })
  void ofAGatewayWithoutAProfile(
      int status,
      String category,
      String fault,
      String money,
      String action,
      boolean routing,
      boolean sla,
      String rule) {
    Verdict verdict = judge("generic", PAY, status, "");
    assertThat(verdict)
        .isEqualTo(
            new Verdict(
                Category.ofWord(category),
                Fault.ofWord(fault),
                Money.ofWord(money),
                Action.ofWord(action),
                GatewayError.none(),
                routing,
                sla,
                rule,
                "generic@1",
                verdict.trail()));
    assertThat(verdict.trail().at().orElse("")).matches("(http\\.yaml:[0-9]+)?");
    assertThat(verdict.trail().at().isPresent()).isEqualTo(rule.startsWith("http/"));
  }

  @Test
  void onlyTheContentNetworkThatDocumentsItMayMeanNotSent() {
    Verdict verdict = judge("generic", PAY, 521, "", Fields.of("Server", "cloudflare"));
    assertThat(verdict.category()).isEqualTo(Category.NOT_SENT);
    assertThat(verdict.money()).isEqualTo(Money.NOT_SENT);
    assertThat(judge("generic", PAY, 522, "", Fields.of("Server", "cloudflare")).money())
        .isEqualTo(Money.IN_DOUBT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", PAGE, "OK", "{\"status\":", "[]"})
  void a2xxThatIsNoAnswerOfTheGatewayIsALostAnswer(String body) {
    Verdict verdict = judge("stripe", PAY, 200, body);
    assertThat(verdict.category()).isEqualTo(Category.ANSWER_LOST);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.rule()).isEqualTo("transport/unexpected_content");
  }

  @Test
  void a403PageIsAFilterInFrontAndNotOurKeys() {
    Verdict verdict = judge("stripe", PAY, 403, PAGE);
    assertThat(verdict.fault()).isEqualTo(Fault.NETWORK);
    assertThat(verdict.category()).isEqualTo(Category.PROVIDER_ERROR);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.rule()).isEqualTo("http/403/page");
  }

  /// Somebody between us and the gateway made it, perhaps after the gateway had taken the request.
  @ParameterizedTest
  @CsvSource({"400, request_invalid", "401, config_or_auth", "404, config_or_auth"})
  void aRefusalThatIsAPageIsNotTheGatewaysWord(int status, String category) {
    Verdict verdict = judge("adyen", PAY, status, PAGE);
    assertThat(verdict.category().word()).isEqualTo(category);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
    assertThat(judge("adyen", QUERY, status, PAGE).money()).isEqualTo(Money.NONE);
  }

  @Test
  void aPageOfTheContentNetworkThatReachedNobodyIsStillNotSent() {
    assertThat(judge("stripe", PAY, 521, PAGE, Fields.of("Server", "cloudflare")).money())
        .isEqualTo(Money.NOT_SENT);
  }

  @Test
  void aServerErrorPageIsStillAServerError() {
    assertThat(judge("stripe", PAY, 502, PAGE).rule()).isEqualTo("http/502");
  }

  @ParameterizedTest
  @CsvSource({"CUT", "UNREAD"})
  void aRefusalThatWasNotReadWholeIsInDoubtWhereTheBodyDecides(KeptBody.State state) {
    Observation seen =
        Observation.answered(422, Fields.none(), new KeptBody("{\"a\":", state, 100_000));
    assertThat(judge("adyen", PAY, seen).money()).isEqualTo(Money.IN_DOUBT);
    assertThat(judge("generic", PAY, seen).money()).isEqualTo(Money.REJECTED);
  }

  @Test
  void a2xxLongerThanWhatIsKeptIsInDoubtButNotTheProvidersFault() {
    KeptBody cut = new KeptBody("{\"id\":\"pi_1\"", KeptBody.State.CUT, 100_000);
    Verdict verdict = judge("stripe", PAY, Observation.answered(200, Fields.none(), cut));
    assertThat(verdict.category()).isEqualTo(Category.UNKNOWN);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.slaFault()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "200, succeeded, none",
    "204, succeeded, none",
    "404, state_conflict, none",
    "409, in_progress_conflict, retry_same",
    "500, provider_error, retry_same",
    "504, provider_error, retry_same",
    "302, unknown, retry_same",
  })
  void aCallThatMovesNoMoneyHasNone(int status, String category, String action) {
    Verdict verdict = judge("generic", QUERY, status, "");
    assertThat(verdict.money()).isEqualTo(Money.NONE);
    assertThat(verdict.category().word()).isEqualTo(category);
    assertThat(verdict.action().word()).isEqualTo(action);
  }

  @Test
  void aPageToAQueryIsALostAnswerToo() {
    Verdict verdict = judge("stripe", QUERY, 200, PAGE);
    assertThat(verdict.category()).isEqualTo(Category.ANSWER_LOST);
    assertThat(verdict.money()).isEqualTo(Money.NONE);
  }

  @Test
  void retryAfterSlowsAQueryDown() {
    Fields later = Fields.of("Retry-After", "5");
    assertThat(judge("generic", QUERY, 503, "", later).action()).isEqualTo(Action.BACK_OFF);
    assertThat(judge("generic", PAY, 503, "", later).action()).isEqualTo(Action.RETRY_SAME);
  }
}
