package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the payment service is told: a receiver of its own that can refuse, and a sidecar.
class EventsTest {

  @TempDir private Path folder;
  private final List<Event> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(204);
  private final AtomicInteger refused = new AtomicInteger();
  private HttpServer receiver;

  private record Event(String id, String time, String signature, String body) {}

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/events", this::take);
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    var fields = exchange.getRequestHeaders();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int answer = status.get();
    if (answer == 204) {
      heard.add(
          new Event(
              fields.getFirst("webhook-id"),
              fields.getFirst("webhook-timestamp"),
              fields.getFirst("webhook-signature"),
              body));
    } else {
      refused.incrementAndGet();
    }
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  private MoneyRig rig() {
    return MoneyRig.start(
        folder,
        """
        events:
          url: "http://127.0.0.1:%d/events"
          secret: {env: WEBHOOK_SECRET}
        """
            .formatted(receiver.getAddress().getPort()),
        "response-timeout: 10s, keep-alive: 0s");
  }

  private static String settled(MoneyRig rig, String key) {
    rig.adyen.faults().next(Fault.reset().at(Moment.ANSWERED));
    String doubt = Payments.exchange(Payments.send(Payments.adyen(rig.url("adyen"), key)));
    HttpResponse<String> again = Payments.send(Payments.adyen(rig.url("adyen"), key));
    assertThat(Payments.money(again)).isEqualTo("succeeded");
    return doubt;
  }

  @Test
  void tellsWhatAPaymentCameToSignedAndOnce() throws GeneralSecurityException {
    try (MoneyRig rig = rig()) {
      String doubt = settled(rig, "told-1");
      Eventually.holds("told", () -> !resolved().isEmpty());

      Event event = resolved().getFirst();
      assertThat(event.body())
          .contains("\"type\":\"payment.resolved\"", doubt, "\"money\":\"succeeded\"");
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key =
          Base64.getDecoder().decode(MoneyRig.Secrets.WEBHOOK.substring("whsec_".length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] right =
          mac.doFinal(
              (event.id() + "." + event.time() + "." + event.body())
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(event.signature()).isEqualTo("v1," + Base64.getEncoder().encodeToString(right));
    }
  }

  @Test
  void tellsAgainInOrderWhatWasNotTakenAlsoAfterARestart() {
    try (MoneyRig rig = rig()) {
      status.set(503);
      String first = settled(rig, "told-2");
      Eventually.holds("refused", () -> refused.get() >= 1);
      String second = settled(rig, "told-3");
      rig.restart();
      status.set(204);

      Eventually.holds("told", () -> resolved().size() >= 2);

      assertThat(resolved().get(0).body()).contains(first);
      assertThat(resolved().get(1).body()).contains(second);
      rig.restart();
      String third = settled(rig, "told-4");
      // at least once: what was told just before the restart may come again
      Eventually.holds(
          "told", () -> resolved().stream().anyMatch(each -> each.body().contains(third)));
    }
  }

  @Test
  void tellsOfANewDoubtUntilItIsTakenAndAfterARestartAgain() {
    try (MoneyRig rig = rig()) {
      status.set(503);
      rig.adyen.faults().next(Fault.reset().at(Moment.ANSWERED));
      HttpResponse<String> lost = Payments.send(Payments.adyen(rig.url("adyen"), "doubt-1"));
      Eventually.holds("refused", () -> refused.get() >= 1);
      status.set(204);
      Eventually.holds("told", () -> doubts().size() == 1);

      assertThat(doubts().getFirst().id()).isEqualTo("doubt_" + Payments.exchange(lost));
      assertThat(doubts().getFirst().body())
          .contains(
              Payments.exchange(lost),
              "\"money\":\"in_doubt\"",
              "\"amount_minor\":1000",
              "doubt-1");
      assertThat(doubts().getFirst().signature()).startsWith("v1,");
      rig.restart();
      Eventually.holds("told again", () -> doubts().size() == 2);
      assertThat(doubts().getLast().id()).isEqualTo(doubts().getFirst().id());
    }
  }

  @Test
  void tellsOfAPaymentThatWasTakenTwice() {
    try (MoneyRig rig = rig()) {
      rig.adyen.faults().next(Fault.reset().at(Moment.ANSWERED));
      HttpResponse<String> lost = Payments.send(Payments.adyen(rig.url("adyen"), "twice-1"));
      HttpResponse<String> other =
          Payments.send(
              Payments.adyen(rig.url("adyen"), "twice-1")
                  .setHeader("Idempotency-Key", "a-key-of-its-own"));
      assertThat(Payments.money(other)).isEqualTo("succeeded");
      assertThat(Payments.money(Payments.send(Payments.adyen(rig.url("adyen"), "twice-1"))))
          .as("the first was taken too")
          .isEqualTo("succeeded");

      Eventually.holds("told", () -> !of("taken_twice").isEmpty());
      assertThat(of("taken_twice")).hasSize(1);
      assertThat(of("taken_twice").getFirst().body())
          .contains(Payments.exchange(lost), Payments.exchange(other), "\"currency\":\"EUR\"");
    }
  }

  private List<Event> resolved() {
    return of("resolved");
  }

  private List<Event> doubts() {
    return of("in_doubt");
  }

  private List<Event> of(String type) {
    return heard.stream()
        .filter(each -> each.body().contains("\"type\":\"payment." + type + "\""))
        .toList();
  }
}
