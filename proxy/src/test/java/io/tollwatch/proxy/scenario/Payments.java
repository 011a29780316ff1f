package io.tollwatch.proxy.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Sends payments as a service without any gateway's library would: plain requests, never repeated.
final class Payments {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Payments() {}

  /// A charge of 10.00 EUR at Stripe.
  static HttpRequest.Builder stripe(String url, String key) {
    return stripe(url, key, "pm_card_visa");
  }

  static HttpRequest.Builder stripe(String url, String key, String card) {
    String form =
        "amount=1000&currency=eur&confirm=true&payment_method=%s&metadata[order_id]=%s"
            .formatted(card, key);
    return form(url, form).header("Idempotency-Key", key);
  }

  /// Any payment intent at Stripe, without an idempotency key.
  static HttpRequest.Builder form(String url, String form) {
    return HttpRequest.newBuilder(URI.create(url + "/v1/payment_intents"))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer sk_test_moneyrig")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form));
  }

  /// A payment of 10.00 EUR at Adyen.
  static HttpRequest.Builder adyen(String url, String key) {
    String json =
        """
        {"merchantAccount":"Shop","reference":"%s","amount":{"currency":"EUR","value":1000},\
        "paymentMethod":{"type":"scheme","holderName":"Ada"}}\
        """
            .formatted(key);
    return HttpRequest.newBuilder(URI.create(url + "/v71/payments"))
        .timeout(Duration.ofSeconds(20))
        .header("X-API-Key", "test-key-of-the-caller")
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key)
        .POST(BodyPublishers.ofString(json));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
  }

  /// What the answer says of the money.
  static String money(HttpResponse<?> answer) {
    return answer.headers().firstValue("Tollwatch-Money").orElse("(nothing)");
  }

  static String exchange(HttpResponse<?> answer) {
    return answer.headers().firstValue("Tollwatch-Exchange").orElse("(none)");
  }
}
