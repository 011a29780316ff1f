package io.tollwatch.proxy.judging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.proxy.config.Configuration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFileTest {

  private static final String HAR =
      """
      {"log": {"version": "1.2", "pages": [{"x": [1]}], "entries": [
        {"request": {"method": "POST", "url": "https://api.stripe.com/v1/charges",
          "headers": [{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}],
          "postData": {"mimeType": "a/b", "text": "amount=1&currency=eur"}},
         "response": {"status": 402, "headers": [], "content": {"text": "{\\"error\\":{}}"}}}
      ]}}
      """;
  private static final String LINES =
      """
      {"gateway": "adyen", "status": 200, "headers": [{"name": "a", "value": "b"}], "body": {"resultCode": "Refused"}}
      {"gateway": "stripe", "request": {"url": "/v1/charges"}, "status": 500, "body": "x"}
      """;
  private static final String RAW =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX: y\r\n\r\n{\"status\":\"succeeded\"}";

  private static final Configuration BUILT_IN = Configuration.builtIn();

  private static List<Found> found(byte[] file) throws IOException {
    List<Found> all = new ArrayList<>();
    AnswerFile.each("f", new ByteArrayInputStream(file), all::add);
    return all;
  }

  private static Judge judge() {
    Gateways gateways = new Gateways(BUILT_IN, BUILT_IN.profiles());
    return new Judge(
        gateways, new Judge.Defaults(gateways.named("stripe"), Optional.empty()), 64 << 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {HAR, LINES, RAW, "\uFEFF" + HAR, "\n " + RAW})
  void takesEachKindForWhatItIs(String text) throws IOException {
    assertThat(found(text.getBytes(UTF_8))).isNotEmpty().allMatch(Found.Answer.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "null", "{}", "{\"log\":1}", "{\"log\":{\"entries\":{}}}"})
  void saysWhatIsNone(String text) throws IOException {
    assertThat(found(text.getBytes(UTF_8)))
        .singleElement()
        .isInstanceOfSatisfying(
            Found.Unreadable.class, bad -> assertThat(bad.place()).isEqualTo("f:1"));
  }

  @Test
  void howeverAFileIsDamagedItIsJudgedOrReported() throws IOException {
    Random random = new Random(1);
    Judge judge = judge();
    for (String whole : List.of(HAR, LINES, RAW)) {
      for (int i = 0; i < 1_000; i++) {
        byte[] damaged = whole.getBytes(UTF_8);
        for (int j = 0; j <= i % 4; j++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        for (Found each : found(damaged)) {
          assertThat(judge.judge(each).place()).startsWith("f:");
        }
      }
    }
  }

  @Test
  void aBasePathIsNoPartOfWhatTheProfileKnows() {
    assertThat(Gateways.target("https://h.example/a/b?c=d#e")).isEqualTo("/a/b?c=d");
    assertThat(Gateways.target("https://h.example")).isEqualTo("/");
    assertThat(Gateways.target("/a|{}")).isEqualTo("/a|{}");
    Gateways gateways = new Gateways(BUILT_IN, BUILT_IN.profiles());
    assertThat(gateways.at("https://u@API.stripe.com:443/v1").orElseThrow().profile().name())
        .isEqualTo("stripe");
    assertThat(gateways.at("https://api.stripe.com.evil.example/")).isEmpty();
    assertThat(gateways.at("/v1")).isEmpty();
  }
}
