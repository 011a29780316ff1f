package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.taxonomy.Operation;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileRouteTest {

  private static final String FORM = "application/x-www-form-urlencoded;charset=UTF-8";
  private static final Profiles PROFILES = Profiles.shipped();

  @ParameterizedTest
  @CsvSource({
    "stripe, POST, /v1/charges, pay, true, /v1/charges",
    "stripe, POST, /v1/charges?x=%2f&expand[]=a, pay, true, /v1/charges",
    "stripe, POST, /v1/charges/ch_1/capture, capture, true, /v1/charges/{id}/capture",
    "stripe, POST, /v1/payment_intents/pi_1/cancel, void, true, /v1/payment_intents/{id}/cancel",
    "stripe, POST, /v1/refunds, refund, true, /v1/refunds",
    "stripe, POST, /v1/customers, other, false, /v1/customers",
    "stripe, POST, /v1/subscriptions, other, true, *",
    "stripe, GET, /v1/payment_intents/pi_1, query, false, /v1/payment_intents/{id}",
    "stripe, HEAD, /v1/payment_intents/pi_1, query, false, /v1/payment_intents/{id}",
    "stripe, GET, /v1/whatever, other, false, *",
    "stripe, get, /v1/whatever, other, true, *",
    "stripe, DELETE, /v1/customers/cus_1, other, true, *",
    "stripe, POST, /v1/ch%61rges, pay, true, /v1/charges",
    "stripe, POST, /V1/Charges, other, true, *",
    "adyen, POST, /v71/payments, pay, true, /{version}/payments",
    "adyen, POST, /checkout/v71/payments, pay, true, /checkout/{version}/payments",
    "adyen, POST, /v71/payments/88/captures, capture, true, /{version}/payments/{id}/captures",
    "adyen, POST, /v71/paymentMethods, query, false, /{version}/paymentMethods",
    "alipay, POST, /v3/alipay/trade/pay, pay, true, /v3/alipay/trade/pay",
    "alipay, POST, /v3/alipay/trade/query, query, false, /v3/alipay/trade/query",
    "alipay, POST, /v3/alipay/fund/trans/uni/transfer, other, true, *",
    "wechatpay, POST, /v3/pay/transactions/codepay, pay, true, /v3/pay/transactions/codepay",
    "wechatpay, POST, /pay/micropay, pay, true, /pay/micropay",
    "wechatpay, POST, /pay/orderquery, query, false, /pay/orderquery",
    "wechatpay, POST, /v3/profitsharing/orders, other, true, *",
    "razorpay, POST, /v1/payments/pay_1/capture, capture, true, /v1/payments/{id}/capture",
    "razorpay, POST, /v1/orders, other, false, /v1/orders",
    "razorpay, POST, /v1/payouts, other, true, *",
    "cybersource, POST, /pts/v2/payments, pay, true, /pts/v2/payments",
    "cybersource, POST, /pts/v2/reversals, void, true, /pts/v2/reversals",
    "cybersource, POST, /tss/v2/searches, query, false, /tss/v2/searches",
    "gocardless, POST, /payments, pay, true, /payments",
    "gocardless, POST, /customers, other, false, /customers",
    "gocardless, POST, /subscriptions, other, true, *",
    "generic, POST, /pay, other, true, *",
    "generic, GET, /pay, other, false, *",
  })
  void knowsWhatACallDoes(
      String profile, String method, String target, String operation, boolean moves, String label) {
    assertThat(PROFILES.byName(profile).route(method, target, () -> "", ""))
        .isEqualTo(new Route(Operation.ofWord(operation), moves, label));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/customers/..",
    "/v1/customers/%2e%2e",
    "/v1/customers/a%2fb",
    "/v1/customers//",
    "/v1//x",
  })
  void aPlaceholderTakesNothingThatAServerCouldReadAsAnotherPath(String target) {
    Route route = PROFILES.byName("stripe").route("POST", target, () -> "", "");
    assertThat(route).isEqualTo(new Route(Operation.OTHER, true, Route.UNKNOWN));
  }

  @Test
  void alipaySaysWhatItDoesInAParameterOfTheQueryOrTheForm() {
    assertThat(alipay("POST", "/gateway.do?method=alipay.trade.pay", ""))
        .isEqualTo(new Route(Operation.PAY, true, "alipay.trade.pay"));
    assertThat(alipay("POST", "/gateway.do", "a=b&method=alipay.trade.query"))
        .isEqualTo(new Route(Operation.QUERY, false, "alipay.trade.query"));
  }

  @Test
  void anAlipayGetMovesMoneyIfItsParameterSaysSo() {
    assertThat(alipay("GET", "/gateway.do?method=alipay.trade.refund", "").movesMoney()).isTrue();
    assertThat(alipay("GET", "/gateway.do?method=alipay.fund.trans", "").movesMoney()).isTrue();
  }

  @Test
  void twoParametersThatDisagreeMayMoveMoney() {
    Route route =
        alipay("POST", "/gateway.do?method=alipay.trade.query", "method=alipay.trade.pay");
    assertThat(route).isEqualTo(new Route(Operation.OTHER, true, "/gateway.do"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"createTransactionRequest\":{\"transactionRequest\":{\"transactionType\":\"authCaptureTransaction\"}}}|pay|true",
        "{\"createTransactionRequest\":{\"transactionRequest\":{\"transactionType\":\"priorAuthCaptureTransaction\"}}}|capture|true",
        "{\"createTransactionRequest\":{\"transactionRequest\":{\"transactionType\":\"refundTransaction\"}}}|refund|true",
        "{\"createTransactionRequest\":{\"transactionRequest\":{\"transactionType\":\"voidTransaction\"}}}|void|true",
        "{\"createTransactionRequest\":{\"transactionRequest\":{\"transactionType\":\"brandNew\"}}}|other|true",
        "<createTransactionRequest><transactionRequest><transactionType>authOnlyTransaction</transactionType></transactionRequest></createTransactionRequest>|pay|true",
        "{\"getTransactionDetailsRequest\":{\"transId\":\"1\"}}|query|false",
        "<getTransactionDetailsRequest><transId>1</transId></getTransactionDetailsRequest>|query|false",
        "{\"getTransactionDetailsRequest\":{\"transId\":\"1\"},\"createTransactionRequest\":{}}|other|true",
        "{\"getTransactionDetailsRequest\":{\"transId\":\"1\"},\"getTransactionDetailsRequest\":{}}|other|true",
        "{\"getTransactionDetailsRequest\":{|other|true",
        "{\"ARBCreateSubscriptionRequest\":{}}|other|true",
        "''|other|true",
      })
  void authorizeNetSaysWhatItDoesInsideTheBody(String body, String operation, boolean moves) {
    Route route =
        PROFILES
            .byName("authorize-net")
            .route("POST", "/xml/v1/request.api", () -> body, "application/json");
    assertThat(route.operation()).isEqualTo(Operation.ofWord(operation));
    assertThat(route.movesMoney()).isEqualTo(moves);
  }

  @Test
  void readsTheBodyOnlyWhereTheRouteDependsOnIt() {
    Supplier<String> mustNotBeAsked =
        () -> {
          throw new AssertionError("asked for the body");
        };
    assertThat(PROFILES.byName("stripe").route("POST", "/v1/charges", mustNotBeAsked, FORM))
        .extracting(Route::operation)
        .isEqualTo(Operation.PAY);
  }

  private static Route alipay(String method, String target, String body) {
    return PROFILES.byName("alipay").route(method, target, () -> body, FORM);
  }
}
