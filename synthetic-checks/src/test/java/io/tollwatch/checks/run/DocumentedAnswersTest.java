package io.tollwatch.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.http.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped checks for gateways without a fake of their own, against answers as the gateways'
/// documentation shows them: each step passes, and the clean-up believes that the money is back. No
/// book stands behind these answers, in which REF is the run's reference.
class DocumentedAnswersTest {

  private static final Instant PLANNED = Instant.parse("2026-11-26T05:00:00Z");
  private static final String SECRET =
      Base64.getEncoder()
          .encodeToString("of-this-test:0123456789".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;

  /// An answer.
  private record Said(int status, String type, String text) {

    static Said json(int status, String text) {
      return new Said(status, "application/json", text);
    }

    static Said xml(int status, String text) {
      return new Said(status, "application/xml", text);
    }
  }

  /// Runs the first check of a profile.
  ///
  /// @return the requests as method and path
  private List<String> run(String profile, Said... answers) {
    try (FakeStripe front = FakeStripe.start();
        CheckRig rig = CheckRig.open(folder, profile, front.url())) {
      Check check = rig.check(ShippedChecks.text(profile).orElseThrow(), SECRET);
      RunKeys keys = new RunKeys(check.name(), PLANNED);
      for (Said each : answers) {
        String text = each.text().replace("REF", keys.reference());
        front.faults().next(Fault.instead(Answer.of(each.status(), each.type(), text)));
      }
      CheckRun run = rig.run(check, PLANNED);
      assertThat(run.failed().flatMap(StepResult::reason)).isEmpty();
      assertThat(run.passed()).isTrue();
      assertThat(rig.register().open()).isEmpty();
      assertThat(run.toString()).doesNotContain(SECRET).doesNotContain("A21AAtoken");
      return front.book().requests().stream().map(DocumentedAnswersTest::line).toList();
    }
  }

  private static String line(ReceivedRequest request) {
    return request.method() + " " + request.head().target();
  }

  @Test
  void paypal() {
    assertThat(
            run(
                "paypal",
                Said.json(
                    200, "{\"access_token\":\"A21AAtokenOfThisTest\",\"token_type\":\"Bearer\"}"),
                Said.json(
                    201,
                    """
                    {"id":"5O190127TN364715T","status":"COMPLETED","purchase_units":[{"payments":
                    {"captures":[{"id":"3C679366HH908993F","status":"COMPLETED","amount":
                    {"currency_code":"USD","value":"1.00"},"final_capture":true}]}}]}
                    """),
                Said.json(200, "{\"id\":\"5O190127TN364715T\",\"status\":\"COMPLETED\"}"),
                Said.json(201, "{\"id\":\"1JU08902781691411\",\"status\":\"COMPLETED\"}")))
        .containsExactly(
            "POST /v1/oauth2/token",
            "POST /v2/checkout/orders",
            "GET /v2/checkout/orders/5O190127TN364715T",
            "POST /v2/payments/captures/3C679366HH908993F/refund");
  }

  private static Said transaction(int status, String state) {
    return Said.xml(
        status,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <transaction><id>4yaqjrfv</id><status>%s</status><type>sale</type>
        <currency-iso-code>USD</currency-iso-code><amount>1.00</amount><order-id>REF</order-id>
        <processor-response-code>1000</processor-response-code></transaction>
        """
            .formatted(state));
  }

  @Test
  void braintree() {
    assertThat(
            run(
                "braintree",
                transaction(201, "authorized"),
                transaction(200, "authorized"),
                transaction(200, "voided")))
        .containsExactly(
            "POST /merchants/your-merchant-id/transactions",
            "GET /merchants/your-merchant-id/transactions/4yaqjrfv",
            "PUT /merchants/your-merchant-id/transactions/4yaqjrfv/void");
  }

  private static Said squarePayment(String status) {
    return Said.json(
        200,
        """
        {"payment":{"id":"R2B3Z8WMVt3EAmzYWLZvz7Y69EbZY","status":"%s","delay_action":"CANCEL",
        "amount_money":{"amount":100,"currency":"USD"},"source_type":"CARD","reference_id":"REF",
        "card_details":{"status":"AUTHORIZED"}}}
        """
            .formatted(status));
  }

  @Test
  void square() {
    assertThat(
            run(
                "square",
                squarePayment("APPROVED"),
                squarePayment("APPROVED"),
                Said.json(200, "{}")))
        .containsExactly(
            "POST /v2/payments",
            "GET /v2/payments/R2B3Z8WMVt3EAmzYWLZvz7Y69EbZY",
            "POST /v2/payments/cancel");
  }

  @Test
  void checkoutCom() {
    String payment =
        """
        {"id":"pay_mbabizu24mvu3mela5njyhpit4","amount":100,"currency":"USD","approved":true,
        "status":"Authorized","response_code":"10000","reference":"REF"}
        """;
    assertThat(
            run(
                "checkout-com",
                Said.json(201, payment),
                Said.json(200, payment),
                Said.json(202, "{\"action_id\":\"act_y3oqhf46pyzuxjbcn2giaqnb44\"}")))
        .containsExactly(
            "POST /payments",
            "GET /payments/pay_mbabizu24mvu3mela5njyhpit4",
            "POST /payments/pay_mbabizu24mvu3mela5njyhpit4/voids");
  }

  private static String molliePayment(String status) {
    return """
    {"resource":"payment","id":"tr_5B8cwPMGnU6qLbRvo7qEZo","mode":"test","status":"%s",
    "isCancelable":true,"amount":{"value":"1.00","currency":"EUR"},"method":"banktransfer",
    "metadata":{"order_id":"REF"}}
    """
        .formatted(status);
  }

  @Test
  void mollie() {
    assertThat(
            run(
                "mollie",
                Said.json(201, molliePayment("open")),
                Said.json(200, molliePayment("open")),
                Said.json(200, molliePayment("canceled"))))
        .containsExactly(
            "POST /v2/payments",
            "GET /v2/payments/tr_5B8cwPMGnU6qLbRvo7qEZo",
            "DELETE /v2/payments/tr_5B8cwPMGnU6qLbRvo7qEZo");
  }

  @Test
  void razorpay() {
    String order =
        """
        {"id":"order_EKwxwAgItmmXdp","entity":"order","amount":100,"amount_paid":0,"currency":"INR",
        "receipt":"REF","status":"created","attempts":0}
        """;
    assertThat(
            run(
                "razorpay",
                Said.json(200, order),
                Said.json(200, order),
                Said.json(200, "{\"entity\":\"collection\",\"count\":0,\"items\":[]}")))
        .containsExactly(
            "POST /v1/orders",
            "GET /v1/orders/order_EKwxwAgItmmXdp",
            "GET /v1/orders/order_EKwxwAgItmmXdp/payments");
  }

  private static final String AUTHORIZED =
      """
      \uFEFF{"transactionResponse":{"responseCode":"1","authCode":"TFS43I","transId":"60036524830",
      "messages":[{"code":"1","description":"This transaction has been approved."}]},
      "messages":{"resultCode":"Ok","message":[{"code":"I00001","text":"Successful."}]}}
      """;

  @Test
  void authorizeNet() {
    String details =
        """
        \uFEFF{"transaction":{"transId":"60036524830","transactionStatus":"authorizedPendingCapture",
        "responseCode":1,"authAmount":1.00,"order":{"description":"REF"}},
        "messages":{"resultCode":"Ok","message":[{"code":"I00001","text":"Successful."}]}}
        """;
    assertThat(
            run(
                "authorize-net",
                Said.json(200, AUTHORIZED),
                Said.json(200, details),
                Said.json(200, AUTHORIZED)))
        .hasSize(3)
        .containsOnly("POST /xml/v1/request.api");
  }

  @Test
  void cybersource() {
    assertThat(
            run(
                "cybersource",
                Said.json(
                    201,
                    """
                    {"id":"5528187651586319604003","status":"AUTHORIZED","clientReferenceInformation":
                    {"code":"REF"},"orderInformation":{"amountDetails":{"authorizedAmount":"1.00",
                    "currency":"USD"}},"processorInformation":{"responseCode":"100"}}
                    """),
                Said.json(404, "{\"response\":{\"rmsg\":\"The requested resource is not found\"}}"),
                Said.json(
                    201,
                    """
                    {"id":"5528187661586319804003","status":"REVERSED","reversalAmountDetails":
                    {"reversedAmount":"1.00","currency":"USD"}}
                    """)))
        .containsExactly(
            "POST /pts/v2/payments",
            "GET /tss/v2/transactions/5528187651586319604003",
            "POST /pts/v2/reversals");
  }

  private static String debit(String status) {
    return """
    {"payments":{"id":"PM00031V39QZ7J","amount":100,"currency":"GBP","status":"%s",
    "metadata":{"order_id":"REF"},"links":{"mandate":"MD0000000000AA"}}}
    """
        .formatted(status);
  }

  @Test
  void gocardless() {
    assertThat(
            run(
                "gocardless",
                Said.json(201, debit("pending_submission")),
                Said.json(200, debit("pending_submission")),
                Said.json(200, debit("cancelled"))))
        .containsExactly(
            "POST /payments",
            "GET /payments/PM00031V39QZ7J",
            "POST /payments/PM00031V39QZ7J/actions/cancel");
  }
}
