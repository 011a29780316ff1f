package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.PROFILES;
import static io.tollwatch.verdict.Judging.QUERY;
import static io.tollwatch.verdict.Judging.REFUND;
import static io.tollwatch.verdict.Judging.VOID;
import static io.tollwatch.verdict.Judging.judge;
import static io.tollwatch.verdict.Judging.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Progress;
import io.tollwatch.profile.Content;
import io.tollwatch.profile.Evidence;
import io.tollwatch.profile.Idempotency;
import io.tollwatch.profile.LookupCall;
import io.tollwatch.profile.Message;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The 20 cases in which gateways are known to mislead whoever judges them by their status, by the
/// numbers that the collected facts give them. What PayPal, Braintree, Square, Checkout.com and
/// Mollie do in them is in the test of each one's answers, such as `PaypalAnswersTest`. What needs
/// more than one call is with the parts that see several: a repeat after a key's life (5) in
/// `RepeatGateTest`, looks and then a cancel (7, 8) in `CancelTest`, a jump in the declines of a
/// rail (15) in the proxy's `MetricsTest`, a storm of queries (19) in `BudgetTest`, and the age of
/// the oldest payment that is not final (20) in the proxy's `MetricsTest`.
class TrickyCasesTest {

  private static final String INTENT =
      "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":2000,\"currency\":\"eur\","
          + "\"status\":\"%s\"%s}";

  // 1: a failure inside a 200

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
  @CsvSource(
      delimiter = '|',
      value = {
        "SUCCESS|SUCCESS|<transaction_id>42</transaction_id><out_trade_no>T1</out_trade_no><total_fee>100</total_fee>|succeeded",
        "SUCCESS|SUCCESS|<out_trade_no>T1</out_trade_no>|in_doubt",
        "SUCCESS|SUCCESS|<prepay_id>wx1</prepay_id>|pending",
        "SUCCESS|FAIL|<err_code>NOTENOUGH</err_code>|rejected",
        "SUCCESS|FAIL|<err_code>SYSTEMERROR</err_code>|in_doubt",
        "SUCCESS|FAIL|<err_code>BRAND_NEW</err_code>|in_doubt",
        "FAIL||<return_msg>not understood</return_msg>|in_doubt",
      })
  void theOldApiOfWechatPayDecidesEverythingInTheBody(
      String understood, String done, String more, String money) {
    String body =
        "<xml><return_code><![CDATA[%s]]></return_code>%s%s</xml>"
            .formatted(
                understood, done == null ? "" : "<result_code>" + done + "</result_code>", more);
    assertThat(judge("wechatpay", PAY, 200, body).money().word()).isEqualTo(money);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"responseCode\":\"1\",\"transId\":\"6\"}|Ok|I00001|succeeded",
        "{\"responseCode\":\"1\"}|Ok|I00001|in_doubt",
        "{\"responseCode\":\"1\",\"transId\":\"6\"}|Error|E00001|in_doubt",
        "{\"responseCode\":\"2\",\"transId\":\"0\",\"errors\":[{\"errorCode\":\"2\"}]}|Error|E00027|rejected",
        "{\"responseCode\":\"3\",\"errors\":[{\"errorCode\":\"11\"}]}|Error|E00027|in_doubt",
        "{\"responseCode\":\"4\",\"transId\":\"6\",\"messages\":[{\"code\":\"252\"}]}|Ok|I00001|pending",
        "{}|Error|E00007|rejected",
        "{}|Error|E00099|in_doubt",
      })
  void authorizeNetDecidesEverythingInTheBodyBehindAByteOrderMark(
      String transaction, String result, String code, String money) {
    String body =
        "\uFEFF{\"transactionResponse\":%s,\"messages\":{\"resultCode\":\"%s\",\"message\":[{\"code\":\"%s\"}]}}"
            .formatted(transaction, result, code);
    assertThat(judge("authorize-net", PAY, 200, body).money().word()).isEqualTo(money);
  }

  // 2: the same status means something else elsewhere

  @Test
  void theSameStatusMeansDifferentThingsAtDifferentGateways() {
    assertThat(judge("stripe", PAY, 402, "{}").category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(judge("stripe", PAY, 500, "{}").category()).isEqualTo(Category.PROVIDER_ERROR);
    Verdict ours =
        judge("adyen", PAY, 500, "{\"errorCode\":\"905\",\"message\":\"Payment details missing\"}");
    assertThat(ours.category()).isEqualTo(Category.CONFIG_OR_AUTH);
    assertThat(ours.slaFault()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stripe|400|{\"error\":{\"type\":\"invalid_request_error\"}}|request_invalid",
        "razorpay|400|{\"error\":{\"code\":\"BAD_REQUEST_ERROR\",\"reason\":\"insufficient_funds\"}}|decline_soft",
        "alipay|400|{\"code\":\"ACQ.BUYER_BALANCE_NOT_ENOUGH\",\"message\":\"m\"}|decline_soft",
        "wechatpay|403|{\"code\":\"NOT_ENOUGH\",\"message\":\"m\"}|decline_soft",
        "stripe|403|{\"error\":{\"type\":\"invalid_request_error\"}}|config_or_auth",
        "cybersource|400|{\"status\":\"INVALID_REQUEST\",\"reason\":\"MISSING_FIELD\"}|request_invalid",
        "cybersource|201|{\"id\":\"1\",\"status\":\"DECLINED\",\"errorInformation\":{\"reason\":\"EXPIRED_CARD\"}}|decline_hard",
        "gocardless|409|{\"error\":{\"type\":\"invalid_state\"}}|state_conflict",
        "stripe|409|{\"error\":{\"code\":\"idempotency_key_in_use\"}}|in_progress_conflict",
      })
  void aRefusalIsReadFromTheBody(String gateway, int status, String body, String category) {
    assertThat(judge(gateway, PAY, status, body).category().word()).isEqualTo(category);
  }

  /// WeChat Pay says so of a certificate with a wrong serial number, too; nothing tells the two
  /// apart but a text.
  @Test
  void aServerErrorThatMayBeOurCertificateIsInDoubtAllTheSame() {
    Verdict verdict = judge("wechatpay", PAY, 500, "{\"code\":\"SYSTEM_ERROR\"}");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RETRY_SAME);
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  // 3: a server error after the charge was made; the wire and the books of the gateways are in
  // the proxy's `NeverTwiceTest`

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
  @CsvSource(
      delimiter = '|',
      value = {
        "alipay|200|{\"alipay_trade_pay_response\":{\"code\":\"20000\",\"sub_code\":\"isp.unknow-error\"}}",
        "alipay|500|{\"code\":\"ACQ.SYSTEM_ERROR\"}",
        "alipay|400|{\"code\":\"unknow-error\"}",
        "wechatpay|500|{\"code\":\"BANK_ERROR\"}",
        "razorpay|502|{\"error\":{\"code\":\"GATEWAY_ERROR\",\"reason\":\"insufficient_funds\"}}",
        "razorpay|400|{\"error\":{\"code\":\"GATEWAY_ERROR\",\"reason\":\"payment_failed\"}}",
        "cybersource|502|{\"status\":\"SERVER_ERROR\",\"reason\":\"SERVER_TIMEOUT\"}",
        "authorize-net|200|{\"messages\":{\"resultCode\":\"Error\",\"message\":[{\"code\":\"E00001\"}]}}",
        "gocardless|500|{\"error\":{\"type\":\"gocardless\"}}",
      })
  void theGatewaysOwnFaultIsInDoubtWhateverItsStatus(String gateway, int status, String body) {
    Verdict verdict = judge(gateway, PAY, status, body);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isIn(Action.RETRY_SAME, Action.RECONCILE);
  }

  // 4: no idempotency header; Braintree is in `BraintreeAnswersTest`

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alipay|{\"out_trade_no\":\"T1\",\"total_amount\":\"1.00\"}|T1",
        "wechatpay|{\"mchid\":\"M\",\"out_trade_no\":\"T1\"}|T1",
        "wechatpay|<xml><mch_id>M</mch_id><out_trade_no>T1</out_trade_no></xml>|T1",
        "razorpay|{\"order_id\":\"order_1\",\"amount\":100}|",
        "authorize-net|{\"createTransactionRequest\":{\"refId\":\"R1\"}}|",
      })
  void theMerchantsNumberIsTheKeyOrThereIsNone(String gateway, String body, String key) {
    Message request = Message.request("/", Fields.none(), body);
    Optional<String> found =
        PROFILES
            .byName(gateway)
            .idempotency()
            .key(Operation.PAY)
            .flatMap(place -> place.text(request));
    assertThat(found).isEqualTo(Optional.ofNullable(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authorize-net|200|{\"transactionResponse\":{\"responseCode\":\"3\",\"errors\":[{\"errorCode\":\"11\"}]}}|in_doubt",
        "razorpay|400|{\"error\":{\"code\":\"BAD_REQUEST_ERROR\",\"reason\":\"duplicate_request\"}}|in_doubt",
        "razorpay|400|{\"error\":{\"code\":\"BAD_REQUEST_ERROR\",\"reason\":\"order_already_paid\"}}|succeeded",
        "alipay|400|{\"code\":\"ACQ.CONTEXT_INCONSISTENT\"}|in_doubt",
        "alipay|400|{\"code\":\"ACQ.TRADE_HAS_SUCCESS\"}|succeeded",
        "wechatpay|403|{\"code\":\"OUT_TRADE_NO_USED\"}|in_doubt",
        "wechatpay|400|{\"code\":\"INVALID_REQUEST\"}|in_doubt",
        "wechatpay|400|{\"code\":\"ORDERPAID\"}|succeeded",
        "cybersource|400|{\"status\":\"INVALID_REQUEST\",\"reason\":\"DUPLICATE_REQUEST\"}|in_doubt",
      })
  void aDuplicateMeansThatItIsPerhapsPaid(String gateway, int status, String body, String money) {
    Verdict verdict = judge(gateway, PAY, status, body);
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
  }

  // 5: keys that expire; what the profiles know of it. That nothing is repeated after that is in
  // `RepeatGateTest`

  @ParameterizedTest
  @CsvSource({
    "stripe, P1D, ACCOUNT",
    "adyen, P7D, REGION",
    "alipay, , ACCOUNT",
    "wechatpay, , ACCOUNT",
    "razorpay, , UNKNOWN",
  })
  void eachGatewayRemembersAKeyForATimeOfItsOwn(
      String gateway, Duration lives, Idempotency.Scope scope) {
    Idempotency idempotency = PROFILES.byName(gateway).idempotency();
    assertThat(idempotency.lives()).isEqualTo(Optional.ofNullable(lives));
    assertThat(idempotency.scope()).isEqualTo(scope);
  }

  // 6: the first request still runs

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
  void aRefundOfRazorpaysThatStillRunsIsInProgressWhateverItsCode() {
    Verdict verdict =
        judge("razorpay", REFUND, 409, "{\"error\":{\"code\":\"BAD_REQUEST_ERROR\"}}");
    assertThat(verdict.category()).isEqualTo(Category.IN_PROGRESS_CONFLICT);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void aConflictOfGocardlessNamesWhatTheFirstRequestMade() {
    String body =
        "{\"error\":{\"type\":\"invalid_state\",\"code\":409,\"errors\":[{\"reason\":"
            + "\"idempotent_creation_conflict\",\"message\":\"m\",\"links\":"
            + "{\"conflicting_resource_id\":\"PM123\"}}]}}";
    assertThat(judge("gocardless", PAY, 409, body).money()).isEqualTo(Money.PENDING);
    assertThat(GatewayFacts.ofAnswer(PROFILES.byName("gocardless"), Fields.none(), body).payment())
        .contains("PM123");
    String unnamed = body.replace("conflicting_resource_id", "other");
    assertThat(judge("gocardless", PAY, 409, unnamed).money()).isEqualTo(Money.IN_DOUBT);
  }

  // 7: not found is no proof; Square and PayPal are in `CardGatewayLookupTest`

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

  @ParameterizedTest
  @ValueSource(strings = {"alipay", "wechatpay", "stripe", "razorpay", "cybersource", "gocardless"})
  void whatIsNotFoundNeverCounts(String gateway) {
    assertThat(PROFILES.byName(gateway).lookup().absence()).isEmpty();
  }

  @Test
  void anActiveCancelTurnsADoubtIntoANo() {
    LookupCall reverse = PROFILES.byName("wechatpay").lookup().cancel().orElseThrow();
    assertThat(reverse.notBefore()).isEqualTo(Duration.ofSeconds(15));
    Map<String, String> facts = Map.of("reference", "T1", "appid", "A", "mchid", "M");
    assertThat(reverse.target(facts)).contains("/v3/pay/transactions/out-trade-no/T1/reverse");
    assertThat(reverse.evidence(answer(200, "{\"mchid\":\"M\",\"out_trade_no\":\"T1\"}")))
        .isEqualTo(new Evidence.State(Money.REJECTED));
    assertThat(reverse.evidence(answer(500, "{\"code\":\"SYSTEM_ERROR\"}")))
        .isEqualTo(new Evidence.Nothing());
    assertThat(reverse.evidence(answer(202, "{\"code\":\"USERPAYING\"}")))
        .isEqualTo(new Evidence.Nothing());
    assertThat(PROFILES.byName("alipay").lookup().cancel()).isPresent();
  }

  /// A debit that takes days is pending too, and must not be ended for that.
  @ParameterizedTest
  @CsvSource({"wechatpay, true", "alipay, true", "gocardless, false", "square, false"})
  void aCancelEndsWhatIsPendingOnlyWhereABuyerIsWaitedFor(String gateway, boolean pending) {
    assertThat(PROFILES.byName(gateway).lookup().cancel().orElseThrow().pending())
        .isEqualTo(pending);
  }

  // 8: the buyer is still paying; asking and then ending it is in `CancelTest`

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wechatpay|200|<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code><err_code>USERPAYING</err_code></xml>",
        "wechatpay|202|{\"code\":\"USERPAYING\"}",
        "wechatpay|200|{\"trade_state\":\"USERPAYING\"}",
        "alipay|200|{\"alipay_trade_pay_response\":{\"code\":\"10000\",\"trade_status\":\"WAIT_BUYER_PAY\",\"trade_no\":\"1\",\"out_trade_no\":\"T1\"}}",
        "alipay|200|{\"trade_no\":\"1\",\"out_trade_no\":\"T1\",\"total_amount\":\"8.00\"}",
      })
  void aBuyerWhoIsPayingHasNeitherPaidNorRefused(String gateway, int status, String body) {
    Verdict verdict = judge(gateway, PAY, status, body);
    assertThat(verdict.money()).isEqualTo(Money.PENDING);
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wechatpay|500|{\"code\":\"SYSTEM_ERROR\"}|in_doubt",
        "wechatpay|202|{\"code\":\"USERPAYING\"}|pending",
        "wechatpay|200|{\"mchid\":\"M\",\"out_trade_no\":\"T1\"}|succeeded",
        "wechatpay|200|<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><mch_id>M</mch_id><recall>Y</recall></xml>|in_doubt",
        "wechatpay|200|<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><mch_id>M</mch_id><recall>N</recall></xml>|succeeded",
        "alipay|200|{\"alipay_trade_cancel_response\":{\"code\":\"10000\",\"out_trade_no\":\"T1\",\"retry_flag\":\"Y\"}}|in_doubt",
        "alipay|200|{\"out_trade_no\":\"T1\",\"retry_flag\":\"N\",\"action\":\"close\"}|succeeded",
      })
  void theReverseCanItselfBeInDoubt(String gateway, int status, String body, String money) {
    assertThat(judge(gateway, VOID, status, body).money().word()).isEqualTo(money);
  }

  // 9: too many requests is not always a refusal

  @Test
  void aRefundOfWechatPaysMayHaveBeenTaken() {
    for (String body : new String[] {"{\"code\":\"FREQUENCY_LIMITED\"}", "{}", ""}) {
      Verdict verdict = judge("wechatpay", REFUND, 429, body);
      assertThat(verdict.money()).as(body).isEqualTo(Money.IN_DOUBT);
      assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
    }
    assertThat(judge("wechatpay", PAY, 429, "{\"code\":\"FREQUENCY_LIMITED\"}").money())
        .isEqualTo(Money.REJECTED);
  }

  @Test
  void aCloseThatMeetsAPaymentUnderWayIsInDoubt() {
    assertThat(judge("wechatpay", VOID, 429, "{\"code\":\"FREQUENCY_LIMITED\"}").money())
        .isEqualTo(Money.IN_DOUBT);
  }

  // 10: accepted, and not done; Checkout.com is in `CheckoutAnswersTest`

  @ParameterizedTest
  @ValueSource(strings = {"wechatpay", "alipay"})
  void theSameAgainIsWhatA202AsksFor(String gateway) {
    Verdict verdict = judge(gateway, PAY, 202, "");
    assertThat(verdict.category()).isEqualTo(Category.PENDING);
    assertThat(verdict.money()).isEqualTo(Money.PENDING);
    assertThat(verdict.action()).isEqualTo(Action.RETRY_SAME);
  }

  // 11: late success, and late failure; Braintree and PayPal are in `BraintreeAnswersTest` and
  // `PaypalAnswersTest`

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "razorpay|400|{\"error\":{\"code\":\"BAD_REQUEST_ERROR\",\"reason\":\"payment_timed_out\"}}",
        "razorpay|400|{\"error\":{\"code\":\"BAD_REQUEST_ERROR\",\"reason\":\"card_declined\"}}",
        "razorpay|200|{\"id\":\"pay_1\",\"entity\":\"payment\",\"amount\":1,\"currency\":\"INR\",\"status\":\"failed\"}",
        "adyen|200|{\"pspReference\":\"P1\",\"resultCode\":\"Pending\"}",
        "gocardless|201|{\"payments\":{\"id\":\"PM1\",\"amount\":1,\"currency\":\"GBP\",\"status\":\"failed\"}}",
      })
  void whatMayStillSucceedIsNeverFinal(String gateway, int status, String body) {
    Verdict verdict = judge(gateway, PAY, status, body);
    assertThat(verdict.money()).isIn(Money.REJECTED, Money.PENDING);
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @Test
  void aFailedPaymentOfRazorpaysTeachesNothingWhenLookedUp() {
    LookupCall query = PROFILES.byName("razorpay").lookup().calls().getFirst();
    assertThat(query.evidence(answer(200, "{\"status\":\"failed\"}")))
        .isEqualTo(new Evidence.Nothing());
    assertThat(query.evidence(answer(200, "{\"status\":\"authorized\"}")))
        .isEqualTo(new Evidence.State(Money.SUCCEEDED));
  }

  @ParameterizedTest
  @CsvSource({
    "confirmed, payment_confirmed, false, succeeded",
    "failed, insufficient_funds, false, rejected",
    "failed, insufficient_funds, true, pending",
    "charged_back, authorisation_disputed, false, rejected",
    "late_failure_settled, brand_new, false, rejected",
  })
  void aDebitThatWasConfirmedMayFailAndOneThatFailedMayBeTriedAgain(
      String action, String cause, boolean again, String money) {
    String event =
        "{\"events\":[{\"resource_type\":\"payments\",\"action\":\"%s\",\"links\":{\"payment\":\"PM1\"},"
            .formatted(action);
    String details =
        "\"details\":{\"cause\":\"%s\",\"will_attempt_retry\":%s}}]}".formatted(cause, again);
    assertThat(judge("gocardless", PAY, 200, event + details).money().word()).isEqualTo(money);
  }

  // 12: the gateway's own word on retries; Square and PayPal are in `SquareAnswersTest` and
  // `PaypalAnswersTest`

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stripe|402|{'error':{'code':'card_declined','decline_code':'generic_decline','advice_code':'do_not_try_again'}}|tell_customer|$.error.advice_code do_not_try_again",
        "stripe|402|{'error':{'code':'card_declined','decline_code':'generic_decline','advice_code':'try_again_later'}}|back_off|",
        "stripe|402|{'error':{'code':'card_declined','decline_code':'generic_decline','network_advice_code':'21'}}|tell_customer|$.error.network_advice_code 21",
        "stripe|402|{'error':{'code':'card_declined','decline_code':'generic_decline','advice_code':'try_again_later','network_advice_code':'03'}}|tell_customer|$.error.network_advice_code 03",
        "stripe|402|{'error':{'code':'card_declined','decline_code':'generic_decline','network_advice_code':'24'}}|back_off|",
        "adyen|200|{'pspReference':'P1','resultCode':'Refused','refusalReasonCode':'12','additionalData':{'merchantAdviceCode':'02 : Cannot approve at this time, try again later'}}|back_off|",
        "adyen|200|{'pspReference':'P1','resultCode':'Refused','refusalReasonCode':'12','additionalData':{'merchantAdviceCode':'03 : Do not try again'}}|tell_customer|$.additionalData.merchantAdviceCode 03",
        "adyen|200|{'pspReference':'P1','resultCode':'Refused','refusalReasonCode':'12','additionalData':{'merchantAdviceCode':'031'}}|tell_customer|",
        "checkout-com|201|{'id':'pay_1','approved':false,'status':'Declined','response_code':'20051','processing':{'recommendation_code':'02','partner_merchant_advice_code':'26'}}|back_off|",
        "checkout-com|201|{'id':'pay_1','approved':false,'status':'Declined','response_code':'20051','processing':{'recommendation_code':'03'}}|tell_customer|$.processing.recommendation_code 03",
        "checkout-com|201|{'id':'pay_1','approved':false,'status':'Declined','response_code':'20051','processing':{'partner_merchant_advice_code':'04'}}|fix_request|",
        "braintree|422|<api-error-response><transaction><id>t</id><status>processor_declined</status><processor-response-code>2001</processor-response-code><merchant-advice-code>02</merchant-advice-code></transaction></api-error-response>|back_off|",
        "braintree|422|<api-error-response><transaction><id>t</id><status>processor_declined</status><processor-response-code>2001</processor-response-code><merchant-advice-code>21</merchant-advice-code></transaction></api-error-response>|tell_customer|$..transaction.merchant-advice-code 21",
        "paypal|201|{'id':'3C','status':'DECLINED','processor_response':{'response_code':'5120','payment_advice_code':'25'}}|back_off|",
        "paypal|201|{'id':'3C','status':'DECLINED','processor_response':{'response_code':'5120','payment_advice_code':'02'}}|tell_customer|",
        "paypal|201|{'id':'3C','status':'DECLINED','processor_response':{'response_code':'5120','payment_advice_code':'03'}}|tell_customer|$..processor_response.payment_advice_code 03",
        "cybersource|201|{'id':'1','status':'DECLINED','errorInformation':{'reason':'INSUFFICIENT_FUND'},'processorInformation':{'merchantAdvice':{'code':'2'}}}|back_off|",
        "cybersource|201|{'id':'1','status':'DECLINED','errorInformation':{'reason':'INSUFFICIENT_FUND'},'processorInformation':{'merchantAdvice':{'code':'1'}}}|tell_customer|$.processorInformation.merchantAdvice.code 1",
        "cybersource|201|{'id':'1','status':'DECLINED','errorInformation':{'reason':'INSUFFICIENT_FUND'},'processorInformation':{'merchantAdvice':{'code':'22'}}}|fix_config|",
      },
      quoteCharacter = '\0')
  void theCardNetworksAdviceSaysWhatToDoOfADeclineThatMayWorkLater(
      String gateway, int status, String body, String action, String stop) {
    Verdict verdict = judge(gateway, PAY, status, body.replace('\'', '"'));
    assertThat(verdict.category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(verdict.money()).isEqualTo(Money.REJECTED);
    assertThat(verdict.action().word()).isEqualTo(action);
    assertThat(verdict.trail().stop()).isEqualTo(Optional.ofNullable(stop));
  }

  @Test
  void anAdviceToTryLaterSoftensNoDeclineThatIsForGoodAndSettlesNoDoubt() {
    String advice = "\"advice_code\":\"try_again_later\",\"network_advice_code\":\"24\"";
    String lost = "{\"error\":{\"code\":\"card_declined\",\"decline_code\":\"lost_card\",%s}}";
    Verdict hard = judge("stripe", PAY, 402, lost.formatted(advice));
    assertThat(hard.category()).isEqualTo(Category.DECLINE_HARD);
    assertThat(hard.action()).isEqualTo(Action.TELL_CUSTOMER);

    Verdict failed = judge("stripe", PAY, 500, lost.formatted(advice));
    assertThat(failed.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(failed.action()).isIn(Action.RECONCILE, Action.RETRY_SAME);
    assertThat(failed.trail().stop()).isEmpty();
  }

  @Test
  void anAdviceToStopIsReadOfEveryRefusalAndOfNoSuccess() {
    String lost =
        "{\"error\":{\"code\":\"card_declined\",\"decline_code\":\"lost_card\","
            + "\"network_advice_code\":\"03\"}}";
    assertThat(judge("stripe", PAY, 402, lost).trail().stop())
        .contains("$.error.network_advice_code 03");
    String taken =
        INTENT.formatted("succeeded", ",\"last_payment_error\":{\"network_advice_code\":\"03\"}");
    Verdict success = judge("stripe", PAY, 200, taken);
    assertThat(success.money()).isEqualTo(Money.SUCCEEDED);
    assertThat(success.trail().stop()).isEmpty();
  }

  // 13: another amount

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
  @CsvSource(
      delimiter = '|',
      value = {
        "alipay|200|8888|{\"trade_no\":\"1\",\"out_trade_no\":\"T1\",\"total_amount\":\"88.88\",\"gmt_payment\":\"t\"}|false",
        "alipay|200|8888|{\"trade_no\":\"1\",\"out_trade_no\":\"T1\",\"total_amount\":\"8.88\",\"gmt_payment\":\"t\"}|true",
        "wechatpay|200|100|{\"out_trade_no\":\"T1\",\"transaction_id\":\"42\",\"trade_state\":\"SUCCESS\",\"amount\":{\"total\":1}}|true",
        "cybersource|201|1000|{\"id\":\"1\",\"status\":\"PARTIAL_AUTHORIZED\",\"orderInformation\":{\"amountDetails\":{\"authorizedAmount\":\"5.00\",\"currency\":\"CNY\"}}}|true",
        "adyen|200|1000|{\"pspReference\":\"P1\",\"resultCode\":\"PartiallyAuthorised\",\"amount\":{\"value\":500,\"currency\":\"CNY\"}}|true",
        "razorpay|200|1000|{\"id\":\"pay_1\",\"entity\":\"payment\",\"status\":\"captured\",\"amount\":1000,\"currency\":\"INR\"}|true",
      })
  void anotherAmountIsSaidOfEachGatewaysSuccess(
      String gateway, int status, long asked, String body, boolean differs) {
    Call call = new Call(Operation.PAY, true, OptionalLong.of(asked), Optional.of("CNY"));
    Verdict verdict = judge(gateway, call, status, body);
    assertThat(verdict.category()).isEqualTo(Category.SUCCEEDED);
    assertThat(verdict.money()).isEqualTo(differs ? Money.IN_DOUBT : Money.SUCCEEDED);
    assertThat(verdict.action()).isEqualTo(differs ? Action.RECONCILE : Action.NONE);
    assertThat(verdict.trail().amountDiffers()).isEqualTo(differs);
  }

  // 14: tokens for one use; Square and Checkout.com are in their `AnswersTest`s

  @Test
  void aTokenUsedBeforeHintsAtAnEarlierChargeAndIsNoDecline() {
    Verdict verdict = judge("stripe", PAY, 400, "{\"error\":{\"code\":\"token_already_used\"}}");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.category()).isEqualTo(Category.STATE_CONFLICT);
  }

  // 16: the keep-alive race; on the wire it is `ReuseTest`; the silent repeat of
  // HttpURLConnection is in the proxy's `RepeatsTest`

  @Test
  void theKeepAliveRaceIsInDoubtAndNotUnsent() {
    Verdict verdict =
        judge(
            "stripe",
            PAY,
            Observation.broken(Breakage.IDLE_CLOSE_RACE, Phase.WAIT, Progress.MAYBE_SENT));
    assertThat(verdict.category()).isEqualTo(Category.ANSWER_LOST);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.slaFault()).isFalse();
  }

  // 17: certificates that expire or are refused; on the wire it is `ConnectingTest`

  @Test
  void anExpiredCertificateBreaksNewConnectionsBeforeAnythingIsSent() {
    Verdict verdict =
        judge(
            "stripe",
            PAY,
            Observation.broken(Breakage.TLS_CERT_EXPIRED, Phase.TLS, Progress.UNSENT));
    assertThat(verdict.money()).isEqualTo(Money.NOT_SENT);
  }

  /// TLS 1.3 lets a client write before the server has said no to its certificate.
  @Test
  void ourCertificateMayBeRefusedAfterTheRequestWasWritten() {
    Verdict verdict =
        judge(
            "wechatpay",
            PAY,
            Observation.broken(Breakage.TLS_CLIENT_CERTIFICATE, Phase.WAIT, Progress.MAYBE_SENT));
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.fault()).isEqualTo(Fault.MERCHANT_CONFIG);
  }

  // 18: a truncated 200; on the wire it is `AnswerBreaksTest`

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alipay|{\"alipay_trade_pay_response\":{\"code\":\"10000\",\"trade_no\":\"1\",\"total_amount\":\"8.00\"",
        "wechatpay|<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><transaction_id>42",
        "authorize-net|\uFEFF{\"transactionResponse\":{\"responseCode\":\"2\",\"transId\":\"0\"",
        "adyen|{\"pspReference\":\"P1\",\"resultCode\":\"Refused\",\"refusalReasonCode\":\"1",
      })
  void aTruncated200IsInDoubtWhereTheBodyDecides(String gateway, String half) {
    Verdict garbled = judge(gateway, PAY, 200, half);
    assertThat(garbled.category()).isEqualTo(Category.ANSWER_LOST);
    assertThat(garbled.money()).isEqualTo(Money.IN_DOUBT);
    Verdict cut =
        judge(
            gateway,
            PAY,
            Observation.cut(
                Breakage.TRUNCATED_BODY, Phase.RECEIVE, 200, Fields.none(), whole(half)));
    assertThat(cut.category()).isEqualTo(Category.ANSWER_LOST);
    assertThat(cut.money()).isEqualTo(Money.IN_DOUBT);
  }

  // 20: results that only a webhook brings; the age of what is pending is in the proxy's
  // `MetricsTest`. Mollie is in `MollieAnswersTest`

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gocardless|201|{\"payments\":{\"id\":\"PM1\",\"amount\":1,\"currency\":\"GBP\",\"status\":\"pending_submission\"}}",
        "adyen|200|{\"pspReference\":\"P1\",\"resultCode\":\"Received\"}",
        "adyen|200|{\"pspReference\":\"P1\",\"resultCode\":\"Pending\"}",
      })
  void whatOnlyAWebhookDecidesIsNoSuccessYet(String gateway, int status, String body) {
    Verdict verdict = judge(gateway, PAY, status, body);
    assertThat(verdict.category()).isEqualTo(Category.PENDING);
    assertThat(verdict.money()).isEqualTo(Money.PENDING);
  }

  private static Message answer(int status, String body) {
    return Message.answer(status, Fields.none(), Content.ofAnswer(body));
  }
}
