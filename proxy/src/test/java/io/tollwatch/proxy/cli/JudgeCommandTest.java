package io.tollwatch.proxy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JudgeCommandTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CARD = "4242424242424242";
  private static final String DECLINED =
      "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"lost_card\"}}";
  private static final String TAKEN =
      "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":1000,\"currency\":\"eur\","
          + "\"status\":\"succeeded\"}";

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static Ran piped(String text, String... arguments) {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(text.getBytes(UTF_8)));
      return Ran.command(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  @Test
  void judgesLinesAndReportsTheBadOnesAmongThem() throws IOException {
    String file =
        file(
            "answers.jsonl",
            """
            {"gateway":"stripe","request":{"method":"POST","url":"/v1/payment_intents"},"status":402,"body":%s}
            not json at all
            {"gateway":"stripe","body":{}}

            {"gateway":"strpe","status":200}
            {"status":500}
            {"gateway":"stripe","request":{"path":"/v1/payment_intents","headers":{"Content-Type":"application/x-www-form-urlencoded"},"body":"amount=999&currency=eur"},"status":200,"headers":{"Request-Id":["req_1"]},"body":%s}
            """
                .formatted(DECLINED, quoted(TAKEN)));

    Ran ran = Ran.command("judge", file);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains(file + ":2: is not JSON; write one object a line"),
            line -> assertThat(line).contains(file + ":3: has no status"),
            line -> assertThat(line).contains(file + ":5: there is no gateway 'strpe'; did you"),
            line -> assertThat(line).contains(file + ":6: does not say who answered"));
    assertThat(ran.out())
        .contains(file + ":1  stripe  POST /v1/payment_intents -> 402")
        .contains("rejected: the gateway did not take it", "decline_hard, fault: ")
        .containsPattern("stripe/decline_code/lost_card, stripe.yaml:\\d+, judged by stripe@")
        .contains("another amount or currency than was asked", "req_1")
        .contains("2 judged: 1 rejected, 1 in_doubt; 4 could not be judged");
  }

  @Test
  void judgesAHarFileByTheHostsOfItsEntries() throws IOException {
    String har =
        """
        {"log":{"version":"1.2","creator":{"name":"t"},"entries":[
          {"request":{"method":"POST","url":"https://api.stripe.com/v1/payment_intents?x=1","headers":[]},
           "response":{"status":402,"headers":[{"name":"Content-Encoding","value":"gzip"}],
             "content":{"mimeType":"application/json","text":%s}}},
          {"request":{"method":"GET","url":"https://analytics.example/p","headers":[]},
           "response":{"status":200,"headers":[],"content":{}}},
          {"request":{"method":"POST","url":"https://api.stripe.com/v1/payment_intents","headers":[]},
           "response":{"status":0,"headers":[],"content":{}}},
          {"request":{"method":"POST","url":"https://api.stripe.com/v1/payment_intents","headers":[]},
           "response":{"status":200,"headers":[],
             "content":{"encoding":"base64","mimeType":"application/json","text":"%s"}}}
        ]}}
        """
            .formatted(
                quoted(DECLINED),
                java.util.Base64.getEncoder().encodeToString(TAKEN.getBytes(UTF_8)));
    String file = file("checkout.har", har);

    Ran ran = Ran.command("judge", file, "--json");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains(file + ":7: has no answer: its status is 0");
    assertThat(ran.lines()).hasSize(2);
    JsonNode first = JSON.readTree(ran.lines().getFirst());
    assertThat(first.path("place").asString()).isEqualTo(file + ":2");
    assertThat(first.path("gateway").asString()).isEqualTo("stripe");
    assertThat(first.path("request").asString()).isEqualTo("POST /v1/payment_intents");
    assertThat(first.path("operation").asString()).isEqualTo("pay");
    assertThat(first.path("money").asString()).isEqualTo("rejected");
    assertThat(JSON.readTree(ran.lines().getLast()).path("money").asString())
        .isEqualTo("succeeded");
    assertThat(Ran.command("judge", file).out())
        .contains("2 judged", "1 of hosts that no provider is known for");
  }

  @Test
  void aHarFileThatIsCutIsJudgedAsFarAsItGoes() throws IOException {
    String file =
        file(
            "cut.har",
            """
            {"log":{"entries":[
              {"request":{"method":"POST","url":"https://api.stripe.com/v1/charges"},
               "response":{"status":500,"content":{}}},
              {"request":{"met
            """);
    Ran ran = Ran.command("judge", file);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains(file + ":", "is not JSON from here on");
    assertThat(ran.out()).contains("1 judged: 1 in_doubt; 1 could not be judged");
  }

  @Test
  void judgesARawAnswerFromStandardInput() {
    String raw =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 402 \r\nContent-Type: application/json\r\n"
            + "Request-Id: req_9\r\n\r\n"
            + DECLINED;
    Ran ran = piped(raw, "judge", "-", "--provider", "stripe", "--request", "POST /v1/charges");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("(stdin):1  stripe  POST /v1/charges -> 402", "decline_hard", "req_9")
        .contains("1 judged: 1 rejected");
    assertThat(piped(raw, "judge", "-").err()).contains("name the gateway with --provider");
    assertThat(piped(raw, "judge", "-", "--provider", "stripe").out()).contains("(a payment)");
  }

  @Test
  void showsNothingSecret() throws IOException {
    String file =
        file(
            "secret.jsonl",
            """
            {"gateway":"stripe","request":{"method":"POST","url":"/v1/x/%s?key=sk_live_4eC39HqLyjWDarjt"},"status":402,"body":{"error":{"type":"card_error","decline_code":"%s","message":"card %s is bad"}}}
            {"gateway":"stripe","secret":"%s","status":"
            """
                .formatted(CARD, CARD, CARD, CARD));
    for (Ran ran : new Ran[] {Ran.command("judge", file), Ran.command("judge", file, "--json")}) {
      assertThat(ran.out() + ran.err()).contains(":1").doesNotContain(CARD).doesNotContain("4eC39");
    }
  }

  @Test
  void wrongUsageIsSaidWithWhatWouldBeRight() throws IOException {
    String file = file("a.jsonl", "{}");
    assertThat(Ran.command("judge", folder + "/none").err()).contains("there is no file");
    assertThat(Ran.command("judge", file, "--provider", "strpe").err())
        .contains("did you mean stripe?");
    assertThat(Ran.command("judge", file, "--request", "x").err())
        .contains("such as \"POST /v1/charges\"");
    assertThat(Ran.command("judge", file, "--request", "x").code()).isEqualTo(2);
    assertThat(Ran.command("judge", file("empty", " \n")).err()).contains("is empty");
  }
}
