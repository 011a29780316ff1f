package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.taxonomy.Money;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A service that makes its calls itself and asks for advice, on real sockets. What it reports of
/// them binds payments as if they had come through (P1).
class AdviceTest {

  private static final String PLAIN = "deadline: 60s";
  private static final String DECLINED =
      """
      {"error": {"type": "card_error", "code": "card_declined",
        "decline_code": "insufficient_funds"}}
      """;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void namesTheProviderToUseWithReasons() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      JsonNode advice = advice(rig);
      assertThat(advice.path("provider").asString()).isEqualTo("a");
      assertThat(advice.path("operation").asString()).isEqualTo("pay");

      order("/api/breakers/open", "{'provider':'a','operation':'pay',%s}");
      advice = advice(rig);
      assertThat(advice.path("provider").asString()).isEqualTo("b");
      assertThat(advice.path("providers").path(0).path("usable").asBoolean()).isFalse();
      assertThat(advice.path("providers").path(0).path("reason").asString())
          .isEqualTo("a pay is forced_open: night");

      order("/api/channels/drain", "{'channel':'card','provider':'b',%s}");
      advice = advice(rig);
      assertThat(advice.path("provider").asString()).isEmpty();
      assertThat(advice.path("providers").path(1).path("reason").asString())
          .isEqualTo("drained: night");
      assertThat(rig.exchanges()).as("advice is no call").isEmpty();
    }
  }

  @Test
  void tellsOfChangesAndEndsWithTheSidecar() throws IOException {
    ChannelRig rig = ChannelRig.start(folder, PLAIN);
    HttpResponse<InputStream> stream = send(get(rig, "/events"), BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(provider(events)).isEqualTo("a");
      order("/api/channels/drain", "{'channel':'card','provider':'a',%s}");
      assertThat(provider(events)).isEqualTo("b");
      order("/api/channels/release", "{'channel':'card','provider':'a',%s}".replace("%s", "%r"));
      assertThat(provider(events)).isEqualTo("a");
      rig.close();
      assertThat(events.lines()).as("until the end").allMatch(String::isEmpty);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer_lost", "decline_hard", "succeeded"})
  void aPaymentThatWasReportedStaysAtItsProviderOverARestart(String category) {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      String money =
          report(rig, "b", "one", "'category':'" + category + "'").path("money").asString();

      assertThat(money).isEqualTo(category.equals("succeeded") ? "succeeded" : "in_doubt");
      assertThat(ChannelRig.provider(rig.send(rig.pay("one")))).isEqualTo("b");
      assertThat(ChannelRig.provider(rig.send(rig.pay("two")))).isEqualTo("a");
      rig.restart();
      assertThat(ChannelRig.provider(rig.send(rig.pay("one")))).isEqualTo("b");
      assertThat(rig.a.book().charges("one")).isEmpty();
    }
  }

  @Test
  void aReportFreesNoAttemptThatStands() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      report(rig, "b", "one", "'category':'answer_lost'");
      report(rig, "b", "one", "'category':'not_sent'");
      JsonNode declined = report(rig, "b", "one", declined());

      assertThat(declined.path("rule").asString())
          .isEqualTo("stripe/decline_code/insufficient_funds");
      assertThat(declined.path("money").asString()).isEqualTo("rejected");
      assertThat(ChannelRig.provider(rig.send(rig.pay("one")))).isEqualTo("b");
    }
  }

  @Test
  void whatWasNotSentOrRefusedByTheGatewaysAnswerBindsNothing() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      report(rig, "b", "one", "'category':'not_sent'");
      report(rig, "b", "two", declined());

      assertThat(ChannelRig.provider(rig.send(rig.pay("one")))).isEqualTo("a");
      assertThat(ChannelRig.provider(rig.send(rig.pay("two")))).isEqualTo("a");
    }
  }

  private static String declined() {
    return "'answer':{'status':402,'headers':{'Content-Type':'application/json'},'body':"
        + JSON.writeValueAsString(DECLINED)
        + "}";
  }

  @Test
  void feedsHealthAndTheLedger() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      for (String key : new String[] {"1", "2", "3"}) {
        report(rig, "a", key, "'category':'answer_lost'");
      }

      assertThat(advice(rig).path("provider").asString()).isEqualTo("b");
      Exchange kept = rig.exchanges().getFirst();
      assertThat(kept.money()).contains(Money.IN_DOUBT);
      assertThat(kept.intent().correlation().reference()).contains("order-1");
      assertThat(kept.intent().routing().orElseThrow().decisions().getFirst().reason())
          .isEqualTo("the service called it itself");
      assertThat(Admin.of(folder.resolve("data")).get("/api/in-doubt").body()).contains(kept.id());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{'provider':'c','took_ms':1,'category':'succeeded'}",
        "{'provider':'a','took_ms':1}",
        "{'provider':'a','took_ms':1,'category':'fine'}",
        "{'provider':'a','took_ms':1,'category':'succeeded','answer':{'status':200}}",
        "{'provider':'a','took_ms':-1,'category':'succeeded'}",
        "{'provider':'a','took_ms':1,'answer':{'status':100}}",
        "{'provider':'a','took_ms':1,'category':'succeeded','card':'4242424242424242'}"
      })
  void refusesAReportThatSaysTooLittleOrTooMuch(String report) {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      HttpResponse<String> refused = send(post(rig, report), BodyHandlers.ofString());

      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
      assertThat(refused.body()).contains("bad-report").doesNotContain("4242");
      assertThat(rig.exchanges()).isEmpty();
    }
  }

  @Test
  void refusesWebPagesAndUnknownChannels() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      assertThat(
              send(get(rig, "").header("Origin", "https://shop.example"), BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(403);
      assertThat(
              send(
                      HttpRequest.newBuilder(URI.create(rig.url("channels/wallet"))),
                      BodyHandlers.ofString())
                  .body())
          .contains("unknown-channel", "card");
      assertThat(send(get(rig, "?operation=sing"), BodyHandlers.ofString()).statusCode())
          .isEqualTo(400);
    }
  }

  private static JsonNode advice(ChannelRig rig) {
    return JSON.readTree(send(get(rig, ""), BodyHandlers.ofString()).body());
  }

  private static String provider(BufferedReader events) throws IOException {
    String line = events.readLine();
    while (!line.startsWith("data: ")) {
      line = events.readLine();
    }
    return JSON.readTree(line.substring(6)).path("provider").asString();
  }

  private static JsonNode report(ChannelRig rig, String provider, String key, String came) {
    String report =
        "{'provider':'%s','idempotency_key':'%s','reference':'order-%s','took_ms':812,%s}"
            .formatted(provider, key, key, came);
    HttpResponse<String> answer = send(post(rig, report), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private void order(String path, String wish) {
    String body =
        wish.replace("%s", "'reason':'night','who':'ann','for':'1h'")
            .replace("%r", "'reason':'day','who':'ann'");
    assertThat(Admin.of(folder.resolve("data")).post(path, body.replace('\'', '"')).statusCode())
        .isEqualTo(200);
  }

  private static HttpRequest.Builder get(ChannelRig rig, String rest) {
    return HttpRequest.newBuilder(URI.create(rig.url("channels/card" + rest)))
        .timeout(Duration.ofSeconds(20));
  }

  private static HttpRequest.Builder post(ChannelRig rig, String report) {
    return get(rig, "/outcomes").POST(BodyPublishers.ofString(report.replace('\'', '"')));
  }

  private static <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return CLIENT.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
