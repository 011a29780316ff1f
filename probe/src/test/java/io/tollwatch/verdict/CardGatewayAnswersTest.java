package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.taxonomy.Category;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the card gateways say differently from each other.
class CardGatewayAnswersTest {

  @Test
  void theSameStatusMeansDifferentThings() {
    assertThat(judge("mollie", PAY, 422, "{\"status\":422,\"title\":\"No\"}").category())
        .isEqualTo(Category.REQUEST_INVALID);
    assertThat(judge("paypal", PAY, 422, "{\"name\":\"UNPROCESSABLE_ENTITY\"}").category())
        .isEqualTo(Category.DECLINE_SOFT);
    String declined =
        "<api-error-response><transaction><status>processor_declined</status></transaction>"
            + "</api-error-response>";
    assertThat(judge("braintree", PAY, 422, declined).category()).isEqualTo(Category.DECLINE_SOFT);
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
}
