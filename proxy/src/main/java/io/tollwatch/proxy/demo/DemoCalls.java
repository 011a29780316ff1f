package io.tollwatch.proxy.demo;

import io.tollwatch.attempt.Fields;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The calls of the demonstration, in order. The cards are the gateways' published test ones.
///
/// @param alipay signs as the Alipay library does
record DemoCalls(AlipayRequests alipay) {

  List<DemoCall> all() {
    List<DemoCall> calls = new ArrayList<>();
    calls.addAll(healthy());
    calls.addAll(declined());
    calls.addAll(spoiled());
    calls.addAll(walletCalls());
    return calls;
  }

  /// Those that no fault spoils: none waits.
  List<DemoCall> unspoiled() {
    List<DemoCall> calls = new ArrayList<>();
    calls.addAll(healthy());
    calls.addAll(declined());
    calls.addAll(walletCalls());
    return calls;
  }

  private static List<DemoCall> healthy() {
    List<DemoCall> calls = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      calls.add(stripe("a card is charged", "order-100" + i, 1900 + 100 * i, "pm_card_visa"));
    }
    for (int i = 1; i <= 3; i++) {
      calls.add(adyen("a card is authorised", "cart-200" + i, 4500 + 250 * i, "Ada Lovelace"));
    }
    calls.add(
        new DemoCall("the balance is asked for", "/stripe/v1/balance", stripeFields(), none()));
    calls.add(
        stripe(
            "the customer must confirm (3DS)",
            "order-1006",
            8000,
            "pm_card_authenticationRequired"));
    return calls;
  }

  private static List<DemoCall> declined() {
    return List.of(
        stripe("insufficient funds", "order-1007", 2300, "pm_card_chargeDeclinedInsufficientFunds"),
        stripe("the card was stolen", "order-1008", 9900, "pm_card_chargeDeclinedStolenCard"),
        adyen("not enough balance", "cart-2004", 5100, "DECLINED : 12 Not enough balance"),
        adyen("the gateway misses our set-up: a 500", "cart-2005", 5200, "FAULT"));
  }

  private static List<DemoCall> spoiled() {
    DemoCall lost = stripe("", "order-1009", 4200, "pm_card_visa");
    DemoCall reset = stripe("", "order-1010", 3300, "pm_card_visa");
    DemoCall page = adyen("", "cart-2006", 7700, "Grace Hopper");
    DemoCall cut = stripe("", "order-1011", 2700, "pm_card_visa");
    return List.of(
        stripe("a slow answer", "order-1012", 2600, "pm_card_visa")
            .spoiled("charged, but the answer takes 0.8 s", "delay:800ms@answered"),
        lost.spoiled("charged, but no answer ever comes", "stall@answered"),
        lost.again("the service repeats it with the same key"),
        reset.spoiled("reset before it was charged: nobody can tell", "reset@received"),
        page.spoiled("a load balancer's 503 page", "status:503@received"),
        cut.spoiled("charged, but the answer is cut in its body", "truncated"),
        new DemoCall(
            "the gateway's port is closed: nothing sent",
            "/stripe-eu/v1/payment_intents",
            stripeFields().plus("Idempotency-Key", "key-order-1013"),
            Optional.of("amount=2100&currency=eur")));
  }

  private List<DemoCall> walletCalls() {
    return List.of(
        alipay.pay("a wallet is charged", "wallet-3001", "88.00", "28763443825664394"),
        alipay.pay("the buyer is typing the password", "wallet-3002", "12.50", "WAIT"),
        alipay.pay("200, but no balance", "wallet-3003", "640.00", "BUYER_BALANCE_NOT_ENOUGH"),
        alipay.query("how did that go?", "wallet-3001"));
  }

  private static DemoCall stripe(String story, String order, long cents, String method) {
    String body =
        "amount=%d&currency=usd&confirm=true&payment_method=%s&metadata[order_id]=%s"
            .formatted(cents, method, order);
    return new DemoCall(
        story,
        "/stripe/v1/payment_intents",
        stripeFields().plus("Idempotency-Key", "key-" + order),
        Optional.of(body));
  }

  private static Fields stripeFields() {
    return Fields.of(
        "Authorization",
        "Bearer sk_test_demo",
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private static DemoCall adyen(String story, String reference, long minor, String holder) {
    String body =
        """
        {"merchantAccount":"Demo","reference":"%s","amount":{"value":%d,"currency":"EUR"},
         "paymentMethod":{"type":"scheme","number":"4111111111111111","cvc":"737",
         "expiryMonth":"03","expiryYear":"2030","holderName":"%s"}}\
        """
            .formatted(reference, minor, holder);
    return new DemoCall(
        story,
        "/adyen/v71/payments",
        Fields.of(
            "X-API-Key",
            "demo",
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            "key-" + reference),
        Optional.of(body));
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
