package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.http.Answer;
import io.tollwatch.fixtures.http.HeaderField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P3, and what becomes of configured secrets. The folder is searched byte by byte after the
/// sidecar has ended. Security codes are longer here than real ones, so that they can't be there by
/// chance.
class NothingSecretIsKeptTest {

  private static final List<String> NUMBERS =
      List.of("4242424242424242", "5555555555554444", "378282246310005");
  private static final String CODE = "73719158";
  private static final String CALLERS_KEY = "sk_test_callersownkey99";
  private static final String SETTINGS =
      "response-timeout: 1s, headers: {X-API-Key: {env: ADYEN_KEY}}";

  @TempDir private Path folder;
  private MoneyRig rig;

  @BeforeEach
  void start() {
    rig = MoneyRig.start(folder, "egress: {port: 0, client-token: {env: CLIENT_TOKEN}}", SETTINGS);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void nothingIsSentWithoutTheClientToken() {
    HttpRequest.Builder bare = Payments.adyen(rig.url("adyen"), "no-token");
    assertThat(Payments.send(bare).statusCode()).isEqualTo(401);
    HttpResponse<String> wrong = Payments.send(bare.header("Tollwatch-Token", "guessed"));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).doesNotContain(MoneyRig.Secrets.CLIENT_TOKEN);
    assertThat(rig.adyen.book().requests()).isEmpty();
  }

  @Test
  void theConfiguredSecretReplacesTheCallersAndTheTokenStaysHere() {
    assertThat(send(Payments.adyen(rig.url("adyen"), "inject")).statusCode()).isEqualTo(200);

    ReceivedRequest received = rig.adyen.book().requests().getFirst();
    assertThat(received.fields())
        .filteredOn(field -> field.name().equalsIgnoreCase("X-API-Key"))
        .extracting(HeaderField::value)
        .containsExactly(MoneyRig.Secrets.INJECTED);
    assertThat(received.fields())
        .noneMatch(field -> field.name().toLowerCase(Locale.ROOT).startsWith("tollwatch"));
  }

  @Test
  void noCardNumberCodeOrKeyIsInAnyFileLogLineMetricOrPage() throws IOException {
    for (String number : NUMBERS) {
      sendEverywhere(number);
    }
    answerEverywhere(NUMBERS.getFirst());
    rig.exchanges();
    Admin admin = Admin.of(rig.data);
    Map<String, String> places = new TreeMap<>();
    places.put("metrics", admin.get("/metrics").body());
    places.put("status", admin.get("/api/status").body());
    places.put("exchanges", admin.get("/api/exchanges?limit=1000").body());
    rig.close();
    places.put("log", String.join("\n", rig.log));
    try (Stream<Path> files = Files.walk(rig.data)) {
      files.filter(Files::isRegularFile).forEach(file -> places.put(file.toString(), text(file)));
    }

    assertThat(places.values())
        .as("the search sees what is there")
        .anyMatch(text -> text.contains("order-4242"));
    assertThat(places.get("log")).contains("call_in_trouble");
    places.forEach((place, text) -> {
      for (String secret : secrets()) {
        assertThat(text.contains(secret)).as(place + " holds " + mask(secret)).isFalse();
      }
    });
  }

  private void sendEverywhere(String number) {
    String stripe = rig.url("stripe");
    for (String spelled : List.of(number, spaced(number))) {
      rig.stripe.faults().next(Fault.status(503));
      send(Payments.form(stripe, cardForm(spelled)));
    }
    String json =
        """
        {"merchantAccount":"Shop","reference":"order-4242","amount":{"currency":"EUR","value":9},
         "paymentMethod":{"type":"scheme","number":"%s","cvc":"%s","holderName":"ERROR"},
         "note":"card %s","card":%s}\
        """
            .formatted(number, CODE, spaced(number), number);
    send(json(rig.url("adyen") + "/v71/payments", json));
    send(json(rig.url("adyen") + "/v71/cards/" + number + "?cvc=" + CODE, json));
    send(
        HttpRequest.newBuilder(URI.create(stripe + "/v1/tokens?card[number]=" + number))
            .header("X-Card", number)
            .header("X-Request-Id", "req-" + number));
  }

  private static String cardForm(String number) {
    String shown = number.replace(' ', '+');
    return "amount=1000&currency=eur&confirm=true&metadata[order_id]=order-4242"
        + "&payment_method_data[type]=card&payment_method_data[card][cvc]="
        + CODE
        + "&payment_method_data[card][number]="
        + shown
        + "&description="
        + shown;
  }

  /// The gateway says it back, in a field, in words, and in a header.
  private void answerEverywhere(String number) {
    String said =
        "{\"error\":{\"message\":\"Invalid card %s, key %s\",\"code\":\"x\"},\"cvc\":\"%s\"}"
            .formatted(number, MoneyRig.Secrets.INJECTED, CODE);
    rig.stripe.faults().next(Fault.instead(Answer.of(500, "application/json", said)));
    send(Payments.stripe(rig.url("stripe"), "order-4242-said"));
    rig.stripe.faults().next(Fault.instead(Answer.of(502, "text/html", "<p>" + said + "</p>")));
    send(Payments.stripe(rig.url("stripe"), "order-4242-page"));
  }

  private static HttpRequest.Builder json(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return Payments.send(
        request
            .header("Tollwatch-Token", MoneyRig.Secrets.CLIENT_TOKEN)
            .setHeader("Authorization", "Bearer " + CALLERS_KEY));
  }

  private static List<String> secrets() {
    Stream<String> numbers = NUMBERS.stream().flatMap(n -> Stream.of(n, spaced(n)));
    return Stream.concat(
            numbers,
            Stream.of(CODE, CALLERS_KEY, MoneyRig.Secrets.INJECTED, MoneyRig.Secrets.CLIENT_TOKEN))
        .toList();
  }

  private static String spaced(String number) {
    return number.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private static String mask(String secret) {
    return secret.substring(0, 4) + "... (" + secret.length() + ")";
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
