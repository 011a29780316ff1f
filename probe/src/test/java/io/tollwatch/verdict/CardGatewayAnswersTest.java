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

/// What PayPal, Braintree, Square, Checkout.com and Mollie mean where one code alone does not say
/// it: several codes in one answer, words that contradict each other, and answers that are no
/// result.
class CardGatewayAnswersTest {

  // PayPal

  @Test
  void aPaypalOrderThatIsCompletedWithADeclinedCaptureIsADecline() {
    Verdict verdict =
        judge(
            "paypal",
            PAY,
            201,
            order(capture("DECLINED", "5120")),
            Fields.of("Paypal-Debug-Id", "d1"));
    assertThat(verdict.category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(verdict.fault()).isEqualTo(Fault.CUSTOMER);
    assertThat(verdict.money()).isEqualTo(Money.REJECTED);
    assertThat(verdict.rule()).isEqualTo("paypal/response_code/5120");
    assertThat(verdict.gateway().requestId()).contains("d1");
    assertThat(verdict.trail().finalSource()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, 0000, COMPLETED, 0000, succeeded",
    "DECLINED, 0500, DECLINED, 5120, rejected",
    // one part was taken and one was not
    "COMPLETED, 0000, DECLINED, 5120, in_doubt",
    "COMPLETED, 0000, PENDING, 0000, in_doubt",
    // a status and a code that contradict each other
    "COMPLETED, 5120, COMPLETED, 5120, in_doubt",
    "COMPLETED, 0000, COMPLETED, XXXX, in_doubt",
    "COMPLETED, 0000, NEW_WORD, 0000, in_doubt",
  })
  void thePaypalCapturesDecideTogether(
      String first, String firstCode, String second, String secondCode, String money) {
    Verdict verdict =
        judge(
            "paypal",
            PAY,
            201,
            order(capture(first, firstCode) + "," + capture(second, secondCode)));
    assertThat(verdict.money().word()).isEqualTo(money);
  }

  @Test
  void aPaypalOrderThatIsCompletedWithoutItsCapturesIsInDoubt() {
    Verdict verdict = judge("paypal", PAY, 201, "{\"id\":\"O1\",\"status\":\"COMPLETED\"}");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
  }

  @Test
  void ofSeveralPaypalIssuesTheGravestLeads() {
    String body =
        "{\"name\":\"UNPROCESSABLE_ENTITY\",\"details\":[{\"issue\":\"CARD_EXPIRED\"},"
            + "{\"issue\":\"DUPLICATE_INVOICE_ID\"},{\"issue\":\"INVALID_PARAMETER_VALUE\"}]}";
    Verdict verdict = judge("paypal", PAY, 422, body);
    assertThat(verdict.rule()).isEqualTo("paypal/issue/DUPLICATE_INVOICE_ID");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @Test
  void theCaseOfAPaypalStateCounts() {
    String approved =
        "{\"id\":\"PAY-1\",\"state\":\"approved\",\"transactions\":[{\"related_resources\":"
            + "[{\"sale\":{\"id\":\"S1\",\"state\":\"completed\"}}]}]}";
    assertThat(judge("paypal", PAY, 200, approved).money()).isEqualTo(Money.SUCCEEDED);
    assertThat(judge("paypal", PAY, 200, "{\"id\":\"PAY-1\",\"state\":\"approved\"}").money())
        .isEqualTo(Money.IN_DOUBT);
    assertThat(judge("paypal", PAY, 201, "{\"id\":\"O1\",\"status\":\"APPROVED\"}").money())
        .isEqualTo(Money.PENDING);
    assertThat(judge("paypal", PAY, 201, "{\"id\":\"O1\",\"status\":\"approved\"}").money())
        .isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void aPaypalVoidIsDoneWithoutABody() {
    Fields own = Fields.of("Paypal-Debug-Id", "d1");
    assertThat(judge("paypal", VOID, 204, "", own).money()).isEqualTo(Money.SUCCEEDED);
    assertThat(judge("paypal", VOID, 204, "").money()).isEqualTo(Money.IN_DOUBT);
    assertThat(judge("paypal", CAPTURE, 204, "", own).money()).isEqualTo(Money.IN_DOUBT);
    assertThat(judge("paypal", VOID, 200, "", own).money()).isEqualTo(Money.IN_DOUBT);
    assertThat(judge("mollie", VOID, 204, "").money()).isEqualTo(Money.PENDING);
  }

  @Test
  void whatAPaypalQueryShowsIsNotTheQuerysOwnOutcome() {
    Verdict verdict = judge("paypal", QUERY, 200, order(capture("DECLINED", "5120")));
    assertThat(verdict.category()).isEqualTo(Category.SUCCEEDED);
    assertThat(verdict.money()).isEqualTo(Money.NONE);
  }

  // Braintree

  @Test
  void aBraintreeDeclineStandsInsideAnErrorAndTheIssuersWordLeads() {
    Verdict verdict = judge("braintree", PAY, 422, refused("processor_declined", "2046", "", "51"));
    assertThat(verdict.rule()).isEqualTo("braintree/network-response-code/51");
    assertThat(verdict.category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(verdict.fault()).isEqualTo(Fault.CUSTOMER);
    assertThat(verdict.money()).isEqualTo(Money.REJECTED);
    assertThat(verdict.gateway().message()).contains("No");
    Verdict own = judge("braintree", PAY, 422, refused("processor_declined", "2004", "", ""));
    assertThat(own.rule()).isEqualTo("braintree/processor-response-code/2004");
    assertThat(own.trail().finalSource()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "gateway_rejected, 1000, cvv, customer_input, rejected",
    "gateway_rejected, 1000, duplicate, state_conflict, in_doubt",
    "gateway_rejected, 1000, new_reason, unknown, in_doubt",
    "gateway_rejected, '', '', fraud_block, rejected",
    "processor_declined, 2016, '', state_conflict, in_doubt",
    "processor_declined, 2999, '', decline_soft, rejected",
    "failed, 3000, '', downstream_unavailable, in_doubt",
    "failed, '', '', provider_error, in_doubt",
    "settlement_declined, 1000, '', unknown, in_doubt",
    "settlement_declined, '', '', decline_soft, rejected",
    "authorized, 1000, '', unknown, in_doubt",
  })
  void aRefusedBraintreeTransactionSaysWhy(
      String status, String processor, String reason, String category, String money) {
    Verdict verdict = judge("braintree", PAY, 422, refused(status, processor, reason, ""));
    assertThat(verdict.category().word()).isEqualTo(category);
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.slaFault()).isEqualTo(status.equals("failed"));
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @Test
  void aDuplicateAtTheProcessorIsInDoubtWhateverTheNetworkSaid() {
    Verdict verdict = judge("braintree", PAY, 422, refused("processor_declined", "2016", "", "05"));
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.rule()).isEqualTo("braintree/processor-response-code/2016");
  }

  @Test
  void aBraintreeSettlementThatIsDeclinedLateIsNoSuccessAndNotFinal() {
    assertThat(judge("braintree", PAY, 201, transaction("settling", "1000")).money())
        .isEqualTo(Money.SUCCEEDED);
    Verdict late = judge("braintree", PAY, 201, transaction("settlement_declined", "1000"));
    assertThat(late.category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(late.money()).isEqualTo(Money.REJECTED);
    assertThat(late.trail().finalSource()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "authorized, 1000, succeeded",
    "authorized, 2000, in_doubt",
    "dreaming, 1000, in_doubt"
  })
  void aBraintreeSuccessNeedsItsStatusAndItsCode(String status, String processor, String money) {
    assertThat(judge("braintree", PAY, 201, transaction(status, processor)).money().word())
        .isEqualTo(money);
  }

  @Test
  void ofSeveralBraintreeErrorsTheGravestLeads() {
    String errors =
        "<api-error-response><errors><transaction><errors type=\"array\"><error><code>81502</code>"
            + "</error><error><code>91564</code></error></errors><credit-card><errors type=\"array\">"
            + "<error><code>81715</code></error></errors></credit-card></transaction></errors>"
            + "<message>No</message></api-error-response>";
    Verdict verdict = judge("braintree", PAY, 422, errors);
    assertThat(verdict.rule()).isEqualTo("braintree/error/91564");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Bad gateway</html>", "<api-error-response/>"})
  void withoutAKeyABraintreeServerErrorIsNeverRepeated(String body) {
    Verdict verdict = judge("braintree", PAY, 500, body);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
  }

  @Test
  void aBraintreeRefusalIsBelievedFromBraintreeOnly() {
    for (String page : new String[] {"<html>Blocked</html>", "<api-error-response>", "{}"}) {
      Verdict verdict = judge("braintree", PAY, 401, page);
      assertThat(verdict.trail().finalSource()).as(page).isEmpty();
    }
    assertThat(judge("braintree", PAY, 401, "<html>Blocked</html>").money())
        .isEqualTo(Money.IN_DOUBT);
  }

  // Square

  @ParameterizedTest
  @CsvSource({
    "400, CARD_EXPIRED CVV_FAILURE, rejected, decline_hard",
    "400, CARD_EXPIRED TEMPORARY_ERROR, in_doubt, provider_error",
    "400, CVV_FAILURE SOURCE_USED, in_doubt, state_conflict",
    "400, BRAND_NEW CARD_TOKEN_USED, in_doubt, state_conflict",
    "409, CONFLICT, in_doubt, in_progress_conflict",
    "500, CARD_EXPIRED, in_doubt, decline_hard",
    "200, CARD_EXPIRED, in_doubt, decline_hard",
  })
  void ofSeveralSquareErrorsTheGravestLeads(
      int status, String codes, String money, String category) {
    String errors = "{\"code\":\"" + codes.replace(" ", "\"},{\"code\":\"") + "\"}";
    Verdict verdict = judge("square", PAY, status, "{\"errors\":[%s]}".formatted(errors));
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.category().word()).isEqualTo(category);
    assertThat(verdict.trail().finalSource().isPresent()).isEqualTo(money.equals("rejected"));
  }

  @Test
  void anUnknownSquareErrorFallsToItsFamilyAndIsReported() {
    String body = "{\"errors\":[{\"category\":\"PAYMENT_METHOD_ERROR\",\"code\":\"BRAND_NEW\"}]}";
    Verdict verdict = judge("square", PAY, 402, body);
    assertThat(verdict.rule()).isEqualTo("square/category/PAYMENT_METHOD_ERROR");
    assertThat(verdict.trail().unmapped()).contains("BRAND_NEW");
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @Test
  void squareTakesLessThanWasAskedWhereThatIsAllowed() {
    GatewayFacts request =
        GatewayFacts.ofRequest(
            Judging.PROFILES.byName("square"),
            "/v2/payments",
            "application/json",
            "{\"amount_money\":{\"amount\":3000,\"currency\":\"USD\"}}");
    String body =
        "{\"payment\":{\"id\":\"p1\",\"status\":\"APPROVED\",\"amount_money\":{\"amount\":3000,"
            + "\"currency\":\"USD\"},\"approved_money\":{\"amount\":1000,\"currency\":\"USD\"}}}";
    Verdict verdict = judge("square", PAY.asking(request), 200, body);
    assertThat(verdict.money()).isEqualTo(Money.SUCCEEDED);
    assertThat(verdict.trail().amountDiffers()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"COMPLETED, succeeded", "PENDING, pending", "REJECTED, rejected", "NEW, in_doubt"})
  void squareRefundsHaveTheirOwnStatus(String status, String money) {
    String body =
        "{\"refund\":{\"id\":\"r1\",\"status\":\"%s\",\"amount_money\":{\"amount\":1}}}"
            .formatted(status);
    assertThat(judge("square", REFUND, 200, body).money().word()).isEqualTo(money);
  }

  // Checkout.com

  @ParameterizedTest
  @CsvSource({
    "false, Declined, 20051, rejected",
    "false, Declined, 20068, in_doubt",
    "false, Declined, 99999, rejected",
    // Checkout.com pays it later by itself
    "false, Retry Scheduled, 20051, pending",
    "false, Pending, 20051, pending",
    "true, Authorized, 10000, succeeded",
    // two words that contradict each other
    "true, Authorized, 20051, in_doubt",
    "true, Declined, 10000, in_doubt",
    "false, Authorized, 10000, in_doubt",
    "true, Dreaming, 10000, in_doubt",
  })
  void aCheckoutPaymentThatWasAskedForIsA201ApprovedOrNot(
      boolean approved, String status, String code, String money) {
    Verdict verdict = judge("checkout-com", PAY, 201, payment(approved, status, code));
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.trail().finalSource().isPresent())
        .isEqualTo(money.equals("rejected") && code.equals("20051"));
  }

  @Test
  void aCheckoutRedirectIsPending() {
    String body =
        "{\"id\":\"pay_1\",\"status\":\"Pending\",\"_links\":{\"redirect\":{\"href\":\"x\"}}}";
    Verdict verdict = judge("checkout-com", PAY, 202, body);
    assertThat(verdict.category()).isEqualTo(Category.PENDING);
    assertThat(verdict.money()).isEqualTo(Money.PENDING);
    assertThat(judge("checkout-com", CAPTURE, 202, "{\"action_id\":\"act_1\"}").money())
        .isEqualTo(Money.PENDING);
    assertThat(judge("checkout-com", CAPTURE, 202, "{}").money()).isEqualTo(Money.IN_DOUBT);
    assertThat(judge("checkout-com", PAY, 202, "{\"action_id\":\"act_1\"}").money())
        .isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void aCheckoutTokenThatIsUsedHintsAtAnEarlierPayment() {
    String body =
        "{\"request_id\":\"r1\",\"error_type\":\"request_invalid\","
            + "\"error_codes\":[\"card_number_invalid\",\"token_used\"]}";
    Verdict verdict = judge("checkout-com", PAY, 422, body);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.rule()).isEqualTo("checkout-com/error_codes/token_used");
    assertThat(verdict.gateway().requestId()).contains("r1");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void aCheckoutServerErrorIsNotRepeatedSinceItsKeyIsNotKept(int status) {
    Verdict verdict = judge("checkout-com", PAY, status, "");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
  }

  // Mollie

  @ParameterizedTest
  @CsvSource({
    "open, pending, customer_action_required",
    "pending, pending, pending",
    "authorized, succeeded, succeeded",
    "paid, succeeded, succeeded",
    "failed, rejected, decline_soft",
    "expired, rejected, customer_cancelled",
    "new_word, in_doubt, unknown",
  })
  void aMolliePaymentThatWasMadeIsNearlyNeverItsResult(
      String status, String money, String category) {
    Verdict verdict = judge("mollie", PAY, 201, molliePayment(status, ""));
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.category().word()).isEqualTo(category);
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @Test
  void aMollieReasonIsBelievedBesideAFailedPaymentOnly() {
    Verdict failed = judge("mollie", PAY, 201, molliePayment("failed", "insufficient_funds"));
    assertThat(failed.fault()).isEqualTo(Fault.CUSTOMER);
    assertThat(failed.trail().finalSource()).isPresent();
    Verdict open = judge("mollie", PAY, 201, molliePayment("open", "insufficient_funds"));
    assertThat(open.money()).isEqualTo(Money.PENDING);
    Verdict paid = judge("mollie", PAY, 201, molliePayment("paid", "insufficient_funds"));
    assertThat(paid.money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void anotherMollieObjectIsNoPayment() {
    String link = molliePayment("paid", "").replace("\"payment\"", "\"payment-link\"");
    assertThat(judge("mollie", PAY, 201, link).money()).isEqualTo(Money.IN_DOUBT);
    String nothing = "{\"resource\":\"payment\",\"id\":\"tr_1\",\"status\":\"paid\"}";
    assertThat(judge("mollie", PAY, 201, nothing).money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void sameStatusDifferentMeanings() {
    assertThat(judge("mollie", PAY, 422, "{\"status\":422,\"title\":\"No\"}").category())
        .isEqualTo(Category.REQUEST_INVALID);
    assertThat(judge("paypal", PAY, 422, "{\"name\":\"UNPROCESSABLE_ENTITY\"}").category())
        .isEqualTo(Category.DECLINE_SOFT);
    assertThat(judge("braintree", PAY, 422, refused("processor_declined", "", "", "")).category())
        .isEqualTo(Category.DECLINE_SOFT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paypal|{\"purchase_units\":[{\"invoice_id\":\"A-17\",\"amount\":{\"currency_code\":\"KWD\",\"value\":\"1.234\"}}]}|1234",
        "paypal|{\"purchase_units\":[{\"invoice_id\":\"A-17\",\"amount\":{\"currency_code\":\"JPY\",\"value\":\"500\"}}]}|500",
        "square|{\"reference_id\":\"A-17\",\"amount_money\":{\"amount\":1234,\"currency\":\"USD\"}}|1234",
        "checkout-com|{\"reference\":\"A-17\",\"amount\":1234,\"currency\":\"EUR\"}|1234",
        "mollie|{\"metadata\":{\"order_id\":\"A-17\"},\"amount\":{\"currency\":\"EUR\",\"value\":\"12.34\"}}|1234",
        // the currency is that of the account, which the request does not say
        "braintree|<transaction><order-id>A-17</order-id><amount>12.34</amount></transaction>|-1",
      })
  void readsWhatARequestAsksFor(String profile, String body, long minor) {
    GatewayFacts facts =
        GatewayFacts.ofRequest(Judging.PROFILES.byName(profile), "/", "application/json", body);
    assertThat(facts.reference()).contains("A-17");
    assertThat(facts.amountMinor().orElse(-1)).isEqualTo(minor);
  }

  @Test
  void aPaypalCaptureOfLessThanTheOrderSaysSo() {
    GatewayFacts request =
        GatewayFacts.ofRequest(
            Judging.PROFILES.byName("paypal"),
            "/v2/checkout/orders",
            "application/json",
            "{\"purchase_units\":[{\"amount\":{\"currency_code\":\"EUR\",\"value\":\"10.00\"}}]}");
    String taken =
        order(
            "{\"id\":\"C1\",\"status\":\"COMPLETED\",\"amount\":{\"currency_code\":\"EUR\","
                + "\"value\":\"9.00\"}}");
    Verdict verdict = judge("paypal", PAY.asking(request), 201, taken);
    assertThat(verdict.money()).isEqualTo(Money.SUCCEEDED);
    assertThat(verdict.trail().amountDiffers()).isTrue();
  }

  private static String order(String captures) {
    return "{\"id\":\"O1\",\"status\":\"COMPLETED\",\"purchase_units\":[{\"payments\":{\"captures\":[%s]}}]}"
        .formatted(captures);
  }

  private static String capture(String status, String code) {
    return "{\"id\":\"C1\",\"status\":\"%s\",\"processor_response\":{\"response_code\":\"%s\"}}"
        .formatted(status, code);
  }

  private static String transaction(String status, String processor) {
    return "<transaction><id>t1</id><status>%s</status><amount>10.00</amount><processor-response-code>%s</processor-response-code></transaction>"
        .formatted(status, processor);
  }

  private static String refused(String status, String processor, String reason, String network) {
    return ("<api-error-response><errors><errors type=\"array\"/></errors><params><transaction>"
            + "<amount>10.00</amount></transaction></params><message>No</message><transaction>"
            + "<id>t1</id><status>%s</status><processor-response-code>%s</processor-response-code>"
            + "<gateway-rejection-reason>%s</gateway-rejection-reason>"
            + "<network-response-code>%s</network-response-code></transaction></api-error-response>")
        .formatted(status, processor, reason, network);
  }

  private static String payment(boolean approved, String status, String code) {
    return ("{\"id\":\"pay_1\",\"action_id\":\"act_1\",\"amount\":1000,\"currency\":\"EUR\","
            + "\"approved\":%s,\"status\":\"%s\",\"response_code\":\"%s\"}")
        .formatted(approved, status, code);
  }

  private static String molliePayment(String status, String reason) {
    return ("{\"resource\":\"payment\",\"id\":\"tr_1\",\"status\":\"%s\","
            + "\"amount\":{\"currency\":\"EUR\",\"value\":\"10.00\"}%s}")
        .formatted(
            status,
            reason.isEmpty() ? "" : ",\"statusReason\":{\"code\":\"%s\"}".formatted(reason));
  }
}
