package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.PROFILES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import org.junit.jupiter.api.Test;

class GatewayFactsTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  @Test
  void ofAStripeForm() {
    GatewayFacts facts =
        GatewayFacts.ofRequest(
            PROFILES.byName("stripe"),
            "/v1/payment_intents",
            FORM,
            "amount=2000&currency=eur&metadata%5Border_id%5D=A-17&confirm=true");
    assertThat(facts.reference()).contains("A-17");
    assertThat(facts.amountMinor()).hasValue(2000);
    assertThat(facts.currency()).contains("eur");
    assertThat(facts.payment()).isEmpty();
  }

  @Test
  void ofAStripeAnswer() {
    GatewayFacts facts =
        GatewayFacts.ofAnswer(
            PROFILES.byName("stripe"),
            Fields.of("request-id", "req_1"),
            "{\"id\":\"re_1\",\"payment_intent\":\"pi_1\",\"amount\":500,\"currency\":\"jpy\"}");
    assertThat(facts.payment()).contains("pi_1");
    assertThat(facts.amountMinor()).hasValue(500);
    assertThat(facts.error().requestId()).contains("req_1");
  }

  @Test
  void ofAStripeError() {
    GatewayFacts facts =
        GatewayFacts.ofAnswer(
            PROFILES.byName("stripe"),
            Fields.none(),
            "{\"error\":{\"code\":\"card_declined\",\"decline_code\":\"lost_card\","
                + "\"message\":\"%s\",\"payment_intent\":{\"id\":\"pi_1\"}}}"
                    .formatted("m".repeat(999)));
    assertThat(facts.error().code()).contains("lost_card");
    assertThat(facts.error().message().orElseThrow()).hasSize(300);
    assertThat(facts.payment()).contains("pi_1");
  }

  @Test
  void ofAnAdyenRequestAndItsAnswer() {
    GatewayFacts asked =
        GatewayFacts.ofRequest(
            PROFILES.byName("adyen"),
            "/v71/payments",
            "application/json",
            "{\"reference\":\"A-17\",\"amount\":{\"value\":1234,\"currency\":\"KWD\"}}");
    assertThat(asked.reference()).contains("A-17");
    assertThat(asked.amountMinor()).hasValue(1234);
    assertThat(asked.currency()).contains("KWD");
    GatewayFacts answered =
        GatewayFacts.ofAnswer(
            PROFILES.byName("adyen"),
            Fields.of("pspreference", "H1"),
            "{\"pspReference\":\"P1\",\"merchantReference\":\"A-17\"}");
    assertThat(answered.payment()).contains("P1");
    assertThat(answered.reference()).contains("A-17");
    assertThat(answered.error().requestId()).contains("H1");
  }

  @Test
  void ofAnAlipayRequestWithJsonInsideTheForm() {
    GatewayFacts facts =
        GatewayFacts.ofRequest(
            PROFILES.byName("alipay"),
            "/gateway.do?method=alipay.trade.pay&charset=UTF-8",
            FORM + ";charset=UTF-8",
            "biz_content=%7B%22out_trade_no%22%3A%22T1%22%2C%22total_amount%22%3A%2288.88%22%7D");
    assertThat(facts.reference()).contains("T1");
    assertThat(facts.amountMinor()).hasValue(8888);
    assertThat(facts.currency()).contains("CNY");
  }

  @Test
  void whatIsTooLongIsNoId() {
    GatewayFacts facts =
        GatewayFacts.ofRequest(
            PROFILES.byName("adyen"),
            "/v71/payments",
            "application/json",
            "{\"reference\":\"%s\"}".formatted("x".repeat(201)));
    assertThat(facts.reference()).isEmpty();
  }

  @Test
  void ofAGatewayWithoutAProfileOnlyTheRequestId() {
    GatewayFacts facts =
        GatewayFacts.ofAnswer(
            PROFILES.generic(), Fields.of("X-Request-Id", "r1"), "{\"id\":\"1\",\"amount\":1}");
    assertThat(facts.error().requestId()).contains("r1");
    assertThat(facts.amountMinor()).isEmpty();
  }
}
