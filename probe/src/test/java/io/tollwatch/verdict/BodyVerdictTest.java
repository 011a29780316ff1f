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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an answer's body decides, and what it does not. Where a gateway misleads is
/// [TrickyCasesTest].
class BodyVerdictTest {

  private static final String INTENT =
      "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":2000,\"currency\":\"eur\","
          + "\"status\":\"%s\"%s}";

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
  void whatAQueryShowsOfAPaymentIsNotTheQuerysOwnOutcome() {
    Verdict verdict = judge("stripe", QUERY, 200, INTENT.formatted("canceled", ""));
    assertThat(verdict.category()).isEqualTo(Category.SUCCEEDED);
    assertThat(verdict.money()).isEqualTo(Money.NONE);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alipay|400|{\"code\":\"ACQ.BRAND_NEW\"}|http/400|rejected|ACQ.BRAND_NEW",
        "alipay|200|{\"alipay_trade_pay_response\":{\"code\":\"40004\",\"sub_code\":\"ACQ.BRAND_NEW\"}}|alipay/code/40004|rejected|ACQ.BRAND_NEW",
        "wechatpay|403|{\"code\":\"BRAND_NEW\"}|http/403|rejected|BRAND_NEW",
        "wechatpay|200|<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code><err_code>BRAND_NEW</err_code></xml>|wechatpay/result_code/FAIL|in_doubt|BRAND_NEW",
        "razorpay|400|{\"error\":{\"code\":\"BAD_REQUEST_ERROR\",\"source\":\"issuer_bank\",\"reason\":\"brand_new\"}}|razorpay/source/issuer_bank|rejected|brand_new",
        "razorpay|400|{\"error\":{\"code\":\"BAD_REQUEST_ERROR\",\"source\":\"network\",\"reason\":\"brand_new\"}}|razorpay/source/network|in_doubt|brand_new",
        "cybersource|201|{\"id\":\"1\",\"status\":\"DECLINED\",\"errorInformation\":{\"reason\":\"BRAND_NEW\"}}|cybersource/status/DECLINED|rejected|BRAND_NEW",
        "authorize-net|200|{\"transactionResponse\":{\"responseCode\":\"2\",\"errors\":[{\"errorCode\":\"999\"}]}}|authorize-net/responseCode/2|rejected|999",
        "gocardless|422|{\"error\":{\"type\":\"invalid_state\",\"errors\":[{\"reason\":\"brand_new\"}]}}|gocardless/type/invalid_state|rejected|brand_new",
      })
  void anUnknownCodeOfEachGatewayFallsToItsFamilyAndIsReported(
      String gateway, int status, String body, String rule, String money, String unmapped) {
    Verdict verdict = judge(gateway, PAY, status, body);
    assertThat(verdict.rule()).isEqualTo(rule);
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.trail().unmapped()).contains(unmapped);
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alipay", "wechatpay", "razorpay", "authorize-net", "cybersource", "gocardless"})
  void aPageOrAGarbledTextIsNoGatewaysAnswer(String gateway) {
    for (String body : new String[] {"<html>Blocked</html>", "{\"id\":{", "Forbidden"}) {
      for (int status : new int[] {200, 400, 401, 403, 502}) {
        assertThat(judge(gateway, PAY, status, body).money()).as(body).isEqualTo(Money.IN_DOUBT);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alipay|{\"trade_no\":\"1\",\"out_trade_no\":\"T1\",\"gmt_payment\":\"t\",\"total_amount\":\"1\",\"total_amount\":\"2\"}",
        "wechatpay|{\"out_trade_no\":\"T1\",\"transaction_id\":\"42\",\"amount\":{\"total\":1},\"trade_state\":\"PAYERROR\",\"trade_state\":\"SUCCESS\"}",
        "razorpay|{\"id\":\"p\",\"entity\":\"payment\",\"amount\":1,\"currency\":\"INR\",\"status\":\"failed\",\"status\":\"captured\"}",
        "cybersource|{\"id\":\"1\",\"status\":\"DECLINED\",\"status\":\"AUTHORIZED\"}",
        "gocardless|{\"payments\":{\"id\":\"1\",\"amount\":1,\"currency\":\"GBP\",\"status\":\"failed\",\"status\":\"paid_out\"}}",
      })
  void anAnswerThatContradictsItselfIsInDoubt(String gateway, String body) {
    assertThat(judge(gateway, PAY, 200, body).rule()).isEqualTo("transport/ambiguous_content");
    assertThat(judge(gateway, PAY, 200, body).money()).isEqualTo(Money.IN_DOUBT);
  }

  /// It obtains the issuer's authorization before it blocks, so a hold may be left.
  @ParameterizedTest
  @ValueSource(strings = {"fraudulent", "merchant_blacklist", "generic_decline"})
  void whatStripeItselfMayHaveBlockedIsNotFinal(String code) {
    Verdict verdict =
        judge("stripe", PAY, 402, "{\"error\":{\"decline_code\":\"%s\"}}".formatted(code));
    assertThat(verdict.money()).isEqualTo(Money.REJECTED);
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"succeeded", "processing", "requires_capture"})
  void aDeclineBesideAnIntentThatIsPaidIsNone(String status) {
    for (String code : new String[] {"generic_decline", "lost_card"}) {
      Verdict verdict =
          judge(
              "stripe",
              PAY,
              402,
              "{\"error\":{\"decline_code\":\"%s\",\"payment_intent\":{\"status\":\"%s\"}}}"
                  .formatted(code, status));
      assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
      assertThat(verdict.trail().finalSource()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DECLINED, AVS_FAILED, in_doubt",
    "AUTHORIZED_RISK_DECLINED, SCORE_EXCEEDS_THRESHOLD, in_doubt",
    "AUTHORIZED_RISK_DECLINED, BRAND_NEW, in_doubt",
    "DECLINED, SCORE_EXCEEDS_THRESHOLD, rejected",
  })
  void whatCybersourceRefusesAfterTheIssuersApprovalIsAHold(
      String status, String reason, String money) {
    String body =
        "{\"id\":\"1\",\"status\":\"%s\",\"processorInformation\":{\"responseCode\":\"00\"},\"errorInformation\":{\"reason\":\"%s\"}}"
            .formatted(status, reason);
    assertThat(judge("cybersource", PAY, 201, body).money().word()).isEqualTo(money);
  }

  @Test
  void theNetworksCodeComesBeforeCybersourcesSummary() {
    String body =
        "{\"id\":\"1\",\"status\":\"DECLINED\",\"paymentAccountInformation\":{\"card\":{\"type\":\"%s\"}},"
            + "\"processorInformation\":{\"responseCode\":\"63\"},"
            + "\"errorInformation\":{\"reason\":\"PROCESSOR_DECLINED\"}}";
    assertThat(judge("cybersource", PAY, 201, body.formatted("001")).category())
        .isEqualTo(Category.DOWNSTREAM_UNAVAILABLE);
    assertThat(judge("cybersource", PAY, 201, body.formatted("004")).category())
        .isEqualTo(Category.FRAUD_BLOCK);
  }
}
