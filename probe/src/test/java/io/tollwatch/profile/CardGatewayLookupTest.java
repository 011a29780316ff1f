package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Routes, keys and lookups of PayPal, Braintree, Square, Checkout.com and Mollie.
class CardGatewayLookupTest {

  private static final Profiles PROFILES = Profiles.shipped();

  @ParameterizedTest
  @CsvSource({
    "paypal, POST, /v2/checkout/orders, pay, true",
    "paypal, POST, /v2/checkout/orders/O1/capture, pay, true",
    "paypal, POST, /v2/payments/authorizations/A1/capture, capture, true",
    "paypal, POST, /v2/payments/authorizations/A1/void, void, true",
    "paypal, POST, /v2/payments/captures/C1/refund, refund, true",
    "paypal, POST, /v1/payments/payouts, other, true",
    "paypal, POST, /v1/oauth2/token, other, false",
    "paypal, GET, /v2/checkout/orders/O1, query, false",
    "braintree, POST, /merchants/m1/transactions, pay, true",
    "braintree, PUT, /merchants/m1/transactions/t1/submit_for_settlement, capture, true",
    "braintree, PUT, /merchants/m1/transactions/t1/void, void, true",
    "braintree, POST, /merchants/m1/transactions/t1/refund, refund, true",
    "braintree, POST, /merchants/m1/transactions/advanced_search, query, false",
    "braintree, POST, /merchants/m1/subscriptions, other, true",
    "square, POST, /v2/payments, pay, true",
    "square, POST, /v2/payments/p1/complete, capture, true",
    "square, POST, /v2/payments/cancel, void, true",
    "square, POST, /v2/refunds, refund, true",
    "square, POST, /v2/terminals/checkouts, other, true",
    "checkout-com, POST, /payments, pay, true",
    "checkout-com, POST, /payments/pay_1/captures, capture, true",
    "checkout-com, POST, /payments/pay_1/voids, void, true",
    "checkout-com, POST, /payments/pay_1/refunds, refund, true",
    "checkout-com, POST, /transfers, other, true",
    "checkout-com, POST, /tokens, other, false",
    "mollie, POST, /v2/payments, pay, true",
    "mollie, POST, /v2/payments/tr_1/captures, capture, true",
    "mollie, DELETE, /v2/payments/tr_1, void, true",
    "mollie, POST, /v2/payments/tr_1/refunds, refund, true",
    "mollie, POST, /v2/customers/cst_1/subscriptions, other, true",
  })
  void knowsWhatACallDoes(
      String profile, String method, String target, String operation, boolean moves) {
    Route route = PROFILES.byName(profile).route(method, target, () -> "", "");
    assertThat(route.operation()).isEqualTo(Operation.ofWord(operation));
    assertThat(route.movesMoney()).isEqualTo(moves);
  }

  @Test
  void saysHowLongAKeyIsSurelyRemembered() {
    assertThat(PROFILES.byName("paypal").idempotency().lives()).contains(Duration.ofHours(6));
    assertThat(PROFILES.byName("checkout-com").idempotency().lives()).contains(Duration.ofDays(1));
    assertThat(PROFILES.byName("mollie").idempotency().lives()).contains(Duration.ofHours(1));
    assertThat(PROFILES.byName("square").idempotency().lives()).isEmpty();
    assertThat(PROFILES.byName("square").idempotency().key())
        .contains(Place.of("$.idempotency_key"));
    assertThat(PROFILES.byName("braintree").idempotency().key()).isEmpty();
  }

  /// A body in XML, whatever stands in the reference, and an answer in XML.
  @Test
  void braintreeIsSearchedByTheOrder() {
    Profile braintree = PROFILES.byName("braintree");
    LookupCall search =
        braintree.lookup().calls().stream()
            .filter(call -> call.operations().contains(Operation.PAY))
            .findFirst()
            .orElseThrow();
    assertThat(search.contentType()).contains("application/xml");
    assertThat(search.target(Map.of("merchant", "m1")))
        .contains("/merchants/m1/transactions/advanced_search");
    String wicked = "o&1</is><is>\"'>";
    String body = search.body(Map.of("reference", wicked)).orElseThrow();
    assertThat(Place.of("$.search.order_id.is").texts(xml(braintree, 200, body)))
        .containsExactly(wicked);
    assertThat(search.body(Map.of("reference", "o\u0000"))).isEmpty();
    String found =
        "<credit-card-transactions type=\"collection\"><total-items>2</total-items>"
            + "<transaction><status>%s</status></transaction>"
            + "<transaction><status>%s</status></transaction></credit-card-transactions>";
    assertThat(search.evidence(xml(braintree, 200, found.formatted("voided", "settled"))))
        .isEqualTo(new Evidence.State(Money.SUCCEEDED));
    // another try may have been the one that was refused
    assertThat(
            search.evidence(
                xml(braintree, 200, found.formatted("processor_declined", "processor_declined"))))
        .isEqualTo(new Evidence.Nothing());
    assertThat(search.evidence(xml(braintree, 200, "<credit-card-transactions/>")))
        .isEqualTo(new Evidence.Nothing());
  }

  private static Message xml(Profile profile, int status, String body) {
    return Message.answer(status, Fields.none(), profile.content(body));
  }

  @Test
  void squareEndsThePaymentOfAKey() {
    LookupCall cancel = PROFILES.byName("square").lookup().cancel().orElseThrow();
    assertThat(cancel.target(Map.of())).contains("/v2/payments/cancel");
    assertThat(cancel.body(Map.of("key", "k\"1"))).contains("{\"idempotency_key\":\"k\\\"1\"}");
    assertThat(cancel.body(Map.of())).isEmpty();
    assertThat(cancel.evidence(answer(200, "{}"))).isEqualTo(new Evidence.State(Money.REJECTED));
    for (int status : new int[] {400, 404, 429, 500, 503}) {
      assertThat(cancel.evidence(answer(status, "{}"))).isEqualTo(new Evidence.Nothing());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "captures, COMPLETED, SUCCEEDED",
    "captures, PENDING, PENDING",
    "authorizations, CREATED, SUCCEEDED",
    // perhaps what an earlier try came to
    "captures, DECLINED, ''",
    "authorizations, DENIED, ''",
  })
  void aPaypalOrderShowsItsCapturesOrItsAuthorizations(String list, String status, String money) {
    LookupCall call = PROFILES.byName("paypal").lookup().calls().getFirst();
    assertThat(call.target(Map.of("payment", "O1"))).contains("/v2/checkout/orders/O1");
    String body =
        "{\"id\":\"O1\",\"status\":\"COMPLETED\",\"purchase_units\":[{\"payments\":{\"%s\":[{\"status\":\"%s\"}]}}]}"
            .formatted(list, status);
    assertThat(call.evidence(answer(200, body)))
        .isEqualTo(
            money.isEmpty() ? new Evidence.Nothing() : new Evidence.State(Money.valueOf(money)));
  }

  @Test
  void aCheckoutReferenceFindsAllTriesSoADeclinedOneTeachesNothing() {
    LookupCall call = PROFILES.byName("checkout-com").lookup().calls().getLast();
    assertThat(call.target(Map.of("reference", "o 1"))).contains("/payments?reference=o+1");
    assertThat(call.evidence(answer(200, "{\"total_count\":0,\"data\":[]}")))
        .isEqualTo(new Evidence.NotFound());
    assertThat(
            call.evidence(answer(200, "{\"total_count\":1,\"data\":[{\"status\":\"Declined\"}]}")))
        .isEqualTo(new Evidence.Nothing());
    assertThat(
            call.evidence(
                answer(
                    200,
                    "{\"total_count\":2,\"data\":[{\"status\":\"Declined\"},{\"status\":\"Captured\"}]}")))
        .isEqualTo(new Evidence.State(Money.SUCCEEDED));
    assertThat(PROFILES.byName("checkout-com").lookup().absence()).isEmpty();
    assertThat(PROFILES.byName("checkout-com").lookup().repeat()).isFalse();
  }

  @Test
  void aBraintreeTransactionIsFoundByTheMerchantAndTheIdInThePath() {
    Profile braintree = PROFILES.byName("braintree");
    Message request =
        Message.request("/merchants/m1/transactions/t1/submit_for_settlement", Fields.none(), "");
    LookupCall call =
        braintree.lookup().calls().stream()
            .filter(each -> each.operations().contains(Operation.CAPTURE))
            .findFirst()
            .orElseThrow();
    assertThat(call.facts()).containsOnlyKeys("merchant");
    Place at = call.facts().values().iterator().next();
    String merchant = at.text(request).orElseThrow();
    String payment = braintree.request().payment().getFirst().text(request).orElseThrow();
    assertThat(call.target(Map.of("merchant", merchant, "payment", payment)))
        .contains("/merchants/m1/transactions/t1");
    String settling = "<transaction><id>t1</id><status>settling</status></transaction>";
    assertThat(
            call.evidence(
                Message.answer(
                    200, Fields.none(), Content.ofAnswer(settling, Set.of(Content.Kind.XML)))))
        .isEqualTo(new Evidence.State(Money.SUCCEEDED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paypal|/v2/checkout/orders|{\"intent\":\"CAPTURE\"}|''",
        "paypal|/v2/checkout/orders|{\"payment_source\":{\"card\":{\"vault_id\":\"v\"}}}|OBJECT",
        "paypal|/v2/checkout/orders|{\"purchase_units\":[{\"payee\":{\"merchant_id\":\"m\"}}]}|ACCOUNT",
        "paypal|/v2/checkout/orders/O1/capture|{}|OBJECT",
        "square|/v2/payments|{\"source_id\":\"cnon:x\"}|SINGLE_USE_TOKEN",
        "square|/v2/payments|{\"source_id\":\"ccof:x\"}|OBJECT",
        "checkout-com|/payments|{\"source\":{\"token\":\"tok_x\"}}|SINGLE_USE_TOKEN",
        "checkout-com|/payments|{\"source\":{\"number\":\"4242424242424242\"}}|''",
        "mollie|/v2/payments|{\"customerId\":\"cst_1\"}|OBJECT",
        "mollie|/v2/payments|{\"amount\":{\"value\":\"1.00\"}}|''",
        "braintree|/merchants/m1/transactions|<transaction><amount>1</amount></transaction>|ACCOUNT",
      })
  void saysWhatCantMove(String profile, String target, String body, String why) {
    Message request = Message.request(target, Fields.of("Content-Type", "application/json"), body);
    assertThat(
            PROFILES.byName(profile).cannotMove(Operation.PAY, request).map(Enum::name).orElse(""))
        .isEqualTo(why);
  }

  private static Message answer(int status, String body) {
    return Message.answer(status, Fields.none(), Content.ofAnswer(body));
  }
}
