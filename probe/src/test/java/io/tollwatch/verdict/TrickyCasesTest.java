package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.CAPTURE;
import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.QUERY;
import static io.tollwatch.verdict.Judging.REFUND;
import static io.tollwatch.verdict.Judging.VOID;
import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The cases in which gateways are known to mislead whoever judges them by their status.
class TrickyCasesTest {

  private static final String INTENT =
      "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":2000,\"currency\":\"eur\","
          + "\"status\":\"%s\"%s}";

  @Test
  void aDeclineInsideA200IsADecline() {
    Verdict verdict =
        judge(
            "adyen",
            PAY,
            200,
            "{\"pspReference\":\"P1\",\"resultCode\":\"Refused\",\"refusalReason\":\"Not enough"
                + " balance\",\"refusalReasonCode\":\"12\"}");
    assertThat(verdict.category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(verdict.money()).isEqualTo(Money.REJECTED);
    assertThat(verdict.rule()).isEqualTo("adyen/refusalReasonCode/12");
    assertThat(verdict.gateway().code()).contains("12");
    assertThat(verdict.gateway().message()).contains("Not enough balance");
    assertThat(verdict.gateway().requestId()).contains("P1");
  }

  @Test
  void anActionRequiredInsideA200IsPending() {
    Verdict verdict = judge("stripe", PAY, 200, INTENT.formatted("requires_action", ""));
    assertThat(verdict.category()).isEqualTo(Category.CUSTOMER_ACTION_REQUIRED);
    assertThat(verdict.money()).isEqualTo(Money.PENDING);
  }

  @Test
  void theSameStatusMeansDifferentThingsAtDifferentGateways() {
    assertThat(judge("stripe", PAY, 402, "{}").category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(judge("stripe", PAY, 500, "{}").category()).isEqualTo(Category.PROVIDER_ERROR);
    Verdict ours =
        judge("adyen", PAY, 500, "{\"errorCode\":\"905\",\"message\":\"Payment details missing\"}");
    assertThat(ours.category()).isEqualTo(Category.CONFIG_OR_AUTH);
    assertThat(ours.slaFault()).isFalse();
  }

  @Test
  void aCodeInAFieldThatItDoesNotBelongToSaysNothing() {
    Verdict verdict = judge("adyen", PAY, 200, "{\"errorCode\":\"0\",\"pspReference\":\"P1\"}");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.category()).isNotEqualTo(Category.SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pending", "Refused", "Received", "authorised", "AUTHORISED", "Foo"})
  void aReasonOfZeroIsNoSuccessUnlessTheResultIs(String result) {
    Verdict verdict =
        judge(
            "adyen",
            PAY,
            200,
            "{\"pspReference\":\"P1\",\"resultCode\":\"%s\",\"refusalReasonCode\":\"0\"}"
                .formatted(result));
    assertThat(verdict.money()).isNotEqualTo(Money.SUCCEEDED);
  }

  @Test
  void aServerErrorAfterTheChargeIsInDoubtAndToBeRepeatedWithTheSameKey() {
    Verdict verdict =
        judge("stripe", PAY, 500, "{\"error\":{\"type\":\"api_error\",\"message\":\"Sorry\"}}");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RETRY_SAME);
    assertThat(verdict.rule()).isEqualTo("stripe/type/api_error");
  }

  @Test
  void aReplayedServerErrorIsStillInDoubtAndNothingNew() {
    Verdict verdict =
        judge(
            "stripe",
            PAY,
            500,
            "{\"error\":{\"type\":\"api_error\"}}",
            Fields.of("Idempotent-Replayed", "true"));
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
  }

  @ParameterizedTest
  @CsvSource({"409, idempotency_key_in_use", "429, lock_timeout"})
  void theFirstRequestStillRunning(int status, String code) {
    Verdict verdict = judge("stripe", PAY, status, "{\"error\":{\"code\":\"%s\"}}".formatted(code));
    assertThat(verdict.category()).isEqualTo(Category.IN_PROGRESS_CONFLICT);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RETRY_SAME);
    assertThat(verdict.routingHealth()).isFalse();
  }

  @Test
  void adyensRequestInProgressKeepsItsMeaningWithTheTransientFlag() {
    Verdict verdict =
        judge("adyen", PAY, 422, "{\"errorCode\":\"704\"}", Fields.of("transient-error", "true"));
    assertThat(verdict.category()).isEqualTo(Category.IN_PROGRESS_CONFLICT);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void notFoundOnALookupIsAFactOfTheQueryAndNoMoneyOfItsOwn() {
    Verdict verdict =
        judge(
            "alipay",
            QUERY,
            200,
            "{\"alipay_trade_query_response\":{\"code\":\"40004\",\"msg\":\"Business Failed\","
                + "\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"},\"sign\":\"x\"}");
    assertThat(verdict.category()).isEqualTo(Category.STATE_CONFLICT);
    assertThat(verdict.money()).isEqualTo(Money.NONE);
    assertThat(verdict.gateway().code()).contains("ACQ.TRADE_NOT_EXIST");
  }

  @Test
  void whatAQueryShowsOfAPaymentIsNotTheQuerysOwnOutcome() {
    Verdict verdict = judge("stripe", QUERY, 200, INTENT.formatted("canceled", ""));
    assertThat(verdict.category()).isEqualTo(Category.SUCCEEDED);
    assertThat(verdict.money()).isEqualTo(Money.NONE);
  }

  @Test
  void aBuyerWhoIsTypingThePasswordIsPending() {
    Verdict verdict =
        judge(
            "alipay",
            PAY,
            200,
            "{\"alipay_trade_pay_response\":{\"code\":\"10003\",\"out_trade_no\":\"T1\"}}");
    assertThat(verdict.category()).isEqualTo(Category.PENDING);
    assertThat(verdict.money()).isEqualTo(Money.PENDING);
  }

  @Test
  void theGatewaysOwnTransientFlagBeatsTheTable() {
    String body = "{\"errorCode\":\"905\"}";
    assertThat(judge("adyen", PAY, 500, body).money()).isEqualTo(Money.REJECTED);
    Verdict flagged = judge("adyen", PAY, 500, body, Fields.of("transient-error", "true"));
    assertThat(flagged.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(flagged.action()).isEqualTo(Action.RETRY_SAME);
  }

  @Test
  void stripesOwnWordOnRetriesBeatsTheTable() {
    String body = "{\"error\":{\"type\":\"api_error\"}}";
    assertThat(judge("stripe", PAY, 503, body, Fields.of("Stripe-Should-Retry", "false")).action())
        .isEqualTo(Action.RECONCILE);
    String refused = "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\"}}";
    assertThat(
            judge("stripe", PAY, 402, refused, Fields.of("Stripe-Should-Retry", "true")).action())
        .isEqualTo(Action.TELL_CUSTOMER);
  }

  @Test
  void aTokenUsedBeforeHintsAtAnEarlierChargeAndIsNoDecline() {
    Verdict verdict = judge("stripe", PAY, 400, "{\"error\":{\"code\":\"token_already_used\"}}");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.category()).isEqualTo(Category.STATE_CONFLICT);
  }

  @Test
  void theIssuersWordComesBeforeTheGatewaysSummary() {
    Verdict verdict =
        judge(
            "stripe",
            PAY,
            402,
            "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\","
                + "\"decline_code\":\"insufficient_funds\",\"message\":\"Your card has"
                + " insufficient funds.\"}}",
            Fields.of("Request-Id", "req_9"));
    assertThat(verdict.rule()).isEqualTo("stripe/decline_code/insufficient_funds");
    assertThat(verdict.fault()).isEqualTo(Fault.CUSTOMER);
    assertThat(verdict.gateway().code()).contains("insufficient_funds");
    assertThat(verdict.gateway().requestId()).contains("req_9");
  }

  @Test
  void anUnknownCodeFallsToItsFamily() {
    Verdict verdict =
        judge(
            "stripe",
            PAY,
            402,
            "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\","
                + "\"decline_code\":\"brand_new\"}}");
    assertThat(verdict.rule()).isEqualTo("stripe/code/card_declined");
    Verdict unknown = judge("adyen", PAY, 422, "{\"errorCode\":\"99_999\"}");
    assertThat(unknown.rule()).isEqualTo("http/422");
    assertThat(unknown.gateway().code()).contains("99_999");
  }

  @Test
  void aRefusedKeyIsOurKeyAndUnusableFromHere() {
    Verdict verdict = judge("stripe", PAY, 401, "{\"error\":{\"type\":\"invalid_request_error\"}}");
    assertThat(verdict.category()).isEqualTo(Category.CONFIG_OR_AUTH);
    assertThat(verdict.routingHealth()).isTrue();
    assertThat(verdict.slaFault()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"200", "500"})
  void aRefusalWithAStatusThatItNeverHasIsInDoubt(int status) {
    Verdict verdict =
        judge("stripe", PAY, status, "{\"error\":{\"decline_code\":\"do_not_honor\"}}");
    assertThat(verdict.category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
    assertThat(verdict.slaFault()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"object\":\"payment_intent\",\"amount\":1,\"currency\":\"eur\",\"status\":\"succeeded\"}",
        "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"status\":\"succeeded\"}",
        "{\"id\":\"x\",\"object\":\"new\",\"amount\":1,\"currency\":\"eur\",\"status\":\"succeeded\"}",
        "{\"id\":\"ch_1\",\"object\":\"charge\",\"amount\":1,\"currency\":\"eur\","
            + "\"paid\":false,\"status\":\"succeeded\"}",
        "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":1,\"currency\":\"eur\","
            + "\"status\":\"failed\",\"status\":\"succeeded\"}",
        "{\"status\":\"SUCCEEDED\"}",
        "{}"
      })
  void a2xxWithoutItsMandatoryFieldsIsNoSuccess(String body) {
    assertThat(judge("stripe", PAY, 200, body).money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void aChargeThatIsPaidSucceeded() {
    Verdict verdict =
        judge(
            "stripe",
            PAY,
            200,
            "{\"id\":\"ch_1\",\"object\":\"charge\",\"amount\":1,\"currency\":\"eur\","
                + "\"paid\":true,\"status\":\"succeeded\"}");
    assertThat(verdict.money()).isEqualTo(Money.SUCCEEDED);
    assertThat(verdict.rule()).isEqualTo("stripe/charge_status/succeeded");
  }

  @Test
  void anIntentThatWasOnlyMadeIsNoDecline() {
    Verdict made =
        judge(
            "stripe",
            PAY,
            200,
            INTENT.formatted("requires_payment_method", ",\"last_payment_error\":null"));
    assertThat(made.money()).isEqualTo(Money.PENDING);
    Verdict failed =
        judge(
            "stripe",
            PAY,
            200,
            INTENT.formatted(
                "requires_payment_method", ",\"last_payment_error\":{\"type\":\"card_error\"}"));
    assertThat(failed.category()).isEqualTo(Category.DECLINE_SOFT);
  }

  @Test
  void cancelledBecauseWeAskedIsTheSuccessOfOurVoid() {
    String canceled = INTENT.formatted("canceled", "");
    assertThat(judge("stripe", VOID, 200, canceled).money()).isEqualTo(Money.SUCCEEDED);
    assertThat(judge("stripe", PAY, 200, canceled).money()).isEqualTo(Money.REJECTED);
    assertThat(judge("stripe", VOID, 200, INTENT.formatted("succeeded", "")).money())
        .isEqualTo(Money.IN_DOUBT);
    assertThat(judge("stripe", CAPTURE, 200, INTENT.formatted("requires_capture", "")).money())
        .isEqualTo(Money.IN_DOUBT);
  }

  @ParameterizedTest
  @CsvSource({
    "succeeded, succeeded",
    "pending, pending",
    "failed, rejected",
    "new_word, in_doubt",
  })
  void refundsHaveTheirOwnStatus(String status, String money) {
    String body =
        "{\"id\":\"re_1\",\"object\":\"refund\",\"amount\":1,\"status\":\"%s\"}".formatted(status);
    assertThat(judge("stripe", REFUND, 200, body).money().word()).isEqualTo(money);
  }

  @Test
  void anAdyenModificationIsTakenNowAndDoneLater() {
    String body =
        "{\"pspReference\":\"P2\",\"paymentPspReference\":\"P1\",\"status\":\"received\"}";
    assertThat(judge("adyen", REFUND, 201, body).money()).isEqualTo(Money.PENDING);
    assertThat(
            judge(
                    "adyen",
                    CAPTURE,
                    200,
                    "{\"pspReference\":\"P\",\"response\":\"[capture-received]\"}")
                .money())
        .isEqualTo(Money.PENDING);
  }

  @Test
  void anAdyenRedirectHasNoReferenceYet() {
    assertThat(judge("adyen", PAY, 200, "{\"resultCode\":\"RedirectShopper\"}").money())
        .isEqualTo(Money.PENDING);
    assertThat(judge("adyen", PAY, 200, "{\"resultCode\":\"Authorised\"}").money())
        .isEqualTo(Money.IN_DOUBT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10000|,\"trade_no\":\"1\",\"total_amount\":\"8.00\"|succeeded",
        "10000||in_doubt",
        "10000|,\"trade_no\":\"1\",\"total_amount\":\"8.00\",\"trade_status\":\"NEW\"|in_doubt",
        "10000|,\"trade_no\":\"1\",\"trade_status\":\"WAIT_BUYER_PAY\"|pending",
        "20000|,\"sub_code\":\"aop.unknow-error\"|in_doubt",
        "40004|,\"sub_code\":\"ACQ.TRADE_HAS_SUCCESS\"|succeeded",
        "40004|,\"sub_code\":\"ACQ.SYSTEM_ERROR\"|in_doubt",
        "99999||in_doubt",
      })
  void alipayDecidesEverythingInTheBody(String code, String more, String money) {
    String body =
        "{\"alipay_trade_pay_response\":{\"code\":\"%s\"%s},\"sign\":\"x\"}"
            .formatted(code, more == null ? "" : more);
    Fields fields = Fields.of("Content-Type", "text/html;charset=utf-8");
    assertThat(judge("alipay", PAY, 200, body, fields).money().word()).isEqualTo(money);
  }

  @ParameterizedTest
  @CsvSource({"Y, succeeded", "N, in_doubt"})
  void anAlipayRefundThatMovedNothingIsNoSuccess(String change, String money) {
    String body =
        "{\"alipay_trade_refund_response\":{\"code\":\"10000\",\"trade_no\":\"1\",\"fund_change\":\"%s\"}}"
            .formatted(change);
    assertThat(judge("alipay", REFUND, 200, body).money().word()).isEqualTo(money);
  }

  @Test
  void aCodeThatNoTableKnowsIsReportedAndItsFamilyDecides() {
    Verdict declined =
        judge(
            "stripe",
            PAY,
            402,
            "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"%s\"}}"
                .formatted("brand_new".repeat(50)));
    assertThat(declined.category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(declined.trail().unmapped().orElseThrow()).startsWith("brand_new").hasSize(100);
    assertThat(declined.trail().unmappedAt()).contains("stripe/decline_code");
    Verdict known = judge("stripe", PAY, 402, "{\"error\":{\"code\":\"card_declined\"}}");
    assertThat(known.trail().unmapped()).isEmpty();
    Verdict outcome = judge("stripe", PAY, 200, INTENT.formatted("dreaming", ""));
    assertThat(outcome.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(outcome.trail().unmapped()).contains("dreaming");
  }

  @ParameterizedTest
  @CsvSource({"2000, eur, false", "2000, EUR, false", "1999, eur, true", "2000, usd, true"})
  void aSuccessForAnotherAmountOrCurrencyIsInDoubtAndSaysSo(
      long asked, String currency, boolean differs) {
    Call call = new Call(Operation.PAY, true, OptionalLong.of(asked), Optional.of(currency));
    Verdict verdict = judge("stripe", call, 200, INTENT.formatted("succeeded", ""));
    assertThat(verdict.category()).isEqualTo(Category.SUCCEEDED);
    assertThat(verdict.money()).isEqualTo(differs ? Money.IN_DOUBT : Money.SUCCEEDED);
    assertThat(verdict.action()).isEqualTo(differs ? Action.RECONCILE : Action.NONE);
    assertThat(verdict.trail().amountDiffers()).isEqualTo(differs);
  }

  @Test
  void theAmountThatWasAskedIsReadFromTheRequest() {
    GatewayFacts request =
        GatewayFacts.ofRequest(
            Judging.PROFILES.byName("stripe"),
            "/v1/payment_intents",
            "application/x-www-form-urlencoded",
            "amount=2500&currency=eur");
    Verdict verdict = judge("stripe", PAY.asking(request), 200, INTENT.formatted("succeeded", ""));
    assertThat(verdict.trail().amountDiffers()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"402", "200", "409"})
  void oneFieldTwiceWithTwoValuesIsInDoubtWhateverTheStatus(int status) {
    Verdict verdict =
        judge(
            "stripe",
            PAY,
            status,
            "{\"error\":{\"decline_code\":\"lost_card\",\"decline_code\":\"try_again_later\"}}");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.rule()).isEqualTo("transport/ambiguous_content");
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 403})
  void aPageOrAGarbledTextIsNotTheGatewaysRefusal(int status) {
    for (String body : new String[] {"<html>Blocked</html>", "{\"error\":{", "Forbidden"}) {
      Verdict verdict = judge("stripe", PAY, status, body);
      assertThat(verdict.money()).as(body).isEqualTo(Money.IN_DOUBT);
      assertThat(verdict.trail().finalSource()).isEmpty();
    }
  }
}
