package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.CAPTURE;
import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.QUERY;
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

/// What PayPal means where one code alone does not say it: several captures in one order, a status
/// and a code that contradict each other, an answer without a body.
class PaypalAnswersTest {

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
    Verdict suspected = judge("paypal", PAY, 201, order(capture("DECLINED", "9500")));
    assertThat(suspected.money()).isEqualTo(Money.REJECTED);
    assertThat(suspected.trail().finalSource()).isEmpty();
    Verdict failed = judge("paypal", PAY, 201, order(capture("FAILED", "5120")));
    assertThat(failed.trail().finalSource()).as("an error came up, whatever the code").isEmpty();
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

  @Test
  void aPaypalCaptureOfLessThanTheOrderIsInDoubtAndSaysSo() {
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
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
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
}
