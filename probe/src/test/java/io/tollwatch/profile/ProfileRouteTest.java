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
