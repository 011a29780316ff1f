package io.tollwatch.proxy.incident;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// Requests to charge cards, as a Stripe takes them.
final class Cards {

  static final String PATH = "/v1/payment_intents";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Cards() {}

  static Map<String, String> fields(Payment payment) {
    return Map.of(
        "Authorization",
        "Bearer sk_test_ofTheShop",
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Idempotency-Key",
        payment.reference());
  }

  static String body(Payment payment) {
    Map<String, String> form = new TreeMap<>();
    form.put("amount", "1900");
    form.put("currency", "eur");
    form.put("confirm", "true");
    form.put("payment_method_data[type]", "card");
    form.put("payment_method_data[card][number]", payment.card());
    form.put("metadata[order_id]", payment.reference());
    return form.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  /// Whether that answer says that the card was charged.
  static boolean charged(Post.Answer answer) {
    return answer.status() == 200
        && JSON.readTree(answer.body()).path("status").asString("").equals("succeeded");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
