package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Mishap;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers that Tollwatch makes itself: RFC 9457, with the facts that say whether the caller may
/// try again, and nothing in them that a library takes for its gateway's answer.
class ProblemDocumentTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CHARGE = "amount=1000&currency=eur&source=tok_visa";

  @TempDir static Path folder;
  private static FakeStripe gateway;
  private static EgressRig rig;

  @BeforeAll
  static void start() throws IOException {
    gateway = FakeStripe.start();
    rig =
        EgressRig.start(
            folder,
            EgressRig.provider("shop", "stripe", gateway.url()),
            EgressRig.provider("hasty", "stripe", gateway.url(), "response-timeout: 300ms"),
            EgressRig.provider("closed", "stripe", "http://127.0.0.1:" + closedPort()));
  }

  @AfterAll
  static void stop() {
    rig.close();
    gateway.close();
  }

  @BeforeEach
  void clear() {
    gateway.faults().clear();
    gateway.book().clear();
  }

  @Test
  void namesTheProvidersThereAre() throws IOException {
    EgressClient.Got got = pay("shopp");
    JsonNode problem = problem(got, 404, "unknown-provider");
    assertThat(problem.path("providers").values().stream().map(JsonNode::asString))
        .contains("shop", "closed", "stripe", "adyen-test")
        .doesNotContain("shopp");
    assertThat(problem.path("sent").asBoolean(true)).isFalse();
    EgressRig.assertNothingSent(gateway);
  }

  @Test
  void showsNothingOddOfAnUnknownName() throws IOException {
    try (EgressClient client = rig.client()) {
      EgressClient.Got got = client.get("/<script>\u00e9\u001b[0m" + "4".repeat(100) + "/").got();
      assertThat(got.body()).doesNotContain("<script>").doesNotContain("4".repeat(60));
    }
  }

  @Test
  void saysWhatAProviderLacks() throws IOException {
    JsonNode problem = problem(pay("adyen"), 404, "provider-not-configured");
    assertThat(problem.path("detail").asString()).contains("providers.adyen.url");
  }

  @Test
  void saysThatNothingWasSent() throws IOException {
    EgressClient.Got got = pay("closed");
    JsonNode problem = problem(got, 503, "nothing-sent");
    assertFacts(got, problem, false, "connect_refused", "unsent", "not_sent", "not_sent");
    assertThat(got.head().first("Retry-After")).isEmpty();
    EgressRig.assertNothingSent(gateway);
  }

  @Test
  void saysThatAnAnswerWasLost() throws IOException {
    EgressClient.Got got = payWith("shop", Fault.reset().at(Moment.ANSWERED));
    JsonNode problem = problem(got, 502, "answer-lost");
    assertFacts(got, problem, true, "response_reset", "maybe_sent", "in_doubt", "answer_lost");
    assertThat(problem.path("action").asString()).isEqualTo("reconcile");
    assertThat(gateway.book().charges()).hasSize(1);
  }

  @Test
  void saysThatAnAnswerIsLate() throws IOException {
    EgressClient.Got got = payWith("hasty", Fault.stall().at(Moment.ANSWERED));
    JsonNode problem = problem(got, 504, "answer-timed-out");
    assertFacts(got, problem, true, "response_timeout", "maybe_sent", "in_doubt", "answer_lost");
  }

  @Test
  void saysThatALostQueryMayBeRepeated() throws IOException {
    gateway.faults().next(Fault.reset().at(Moment.RECEIVED));
    try (EgressClient client = rig.client()) {
      EgressClient.Got got = client.get("/shop/v1/charges/ch_1").got();
      JsonNode problem = problem(got, 502, "answer-lost");
      assertThat(problem.path("money").asString()).isEqualTo("none");
      assertThat(problem.path("detail").asString()).contains("may be tried again");
    }
  }

  private static EgressClient.Got payWith(String provider, Mishap mishap) throws IOException {
    gateway.faults().next(mishap);
    // a fresh connection to the provider: a reset of a reused one has another name
    gateway.hangUp();
    return pay(provider);
  }

  private static EgressClient.Got pay(String provider) throws IOException {
    try (EgressClient client = rig.client()) {
      return client
          .post(
              "/" + provider + "/v1/charges",
              CHARGE,
              "Authorization: Bearer sk_test_fixture",
              "Content-Type: application/x-www-form-urlencoded")
          .got();
    }
  }

  private static JsonNode problem(EgressClient.Got got, int status, String kind) {
    assertThat(got.status()).as(got.body()).isEqualTo(status);
    assertThat(got.field("Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = JSON.readTree(got.body());
    assertThat(problem.path("type").asString()).isEqualTo("urn:tollwatch:problem:" + kind);
    assertThat(problem.path("title").asString()).isNotEmpty();
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asString()).isNotEmpty();
    assertThat(problem.propertyNames())
        .as("Stripe's, Adyen's, PayPal's and others' members")
        .doesNotContain(
            "error",
            "errors",
            "errorCode",
            "errorType",
            "message",
            "pspReference",
            "resultCode",
            "refusalReason",
            "code",
            "name",
            "debug_id",
            "id",
            "object");
    return problem;
  }

  private static void assertFacts(
      EgressClient.Got got,
      JsonNode problem,
      boolean sent,
      String breakage,
      String progress,
      String money,
      String category) {
    assertThat(problem.path("sent").asBoolean()).isEqualTo(sent);
    assertThat(problem.path("breakage").asString()).isEqualTo(breakage);
    assertThat(problem.path("progress").asString()).isEqualTo(progress);
    assertThat(problem.path("money").asString()).isEqualTo(money);
    assertThat(problem.path("category").asString()).isEqualTo(category);
    assertThat(problem.path("provider").asString()).isEqualTo(got.field("Tollwatch-Provider"));
    assertThat(problem.path("exchange").asString()).isEqualTo(got.field("Tollwatch-Exchange"));
    assertThat(got.field("Tollwatch-Money")).isEqualTo(money);
    assertThat(got.field("Tollwatch-Category")).isEqualTo(category);
    assertThat(rig.exchanges().getLast().id()).isEqualTo(got.field("Tollwatch-Exchange"));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
