package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.book.Movement;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people and pipelines get from `tollwatch probe`.
class ProbeCommandTest {

  private static final String KEY = "sk_test_probesecret0815";

  @TempDir private Path folder;
  private final FakeStripe stripe = FakeStripe.start();
  private Path config = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Path key = folder.resolve("key");
    Files.writeString(key, KEY + "\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    config =
        Files.writeString(
            folder.resolve("tollwatch.yaml"),
            """
            data: "%s"
            providers:
              sandbox: {profile: stripe, url: "%s"}
            """
                .formatted(folder.resolve("data"), stripe.url()));
  }

  @AfterEach
  void stop() {
    stripe.close();
  }

  private Path script(String expected) throws IOException {
    return Files.writeString(
        folder.resolve("checks.yaml"),
        """
        checks:
          pay-and-refund:
            provider: sandbox
            note: pays 1.00 and gives it back
            secrets: {api-key: {file: "%s"}}
            steps:
              - name: pay
                path: /v1/payment_intents
                headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
                form: {amount: 100, currency: eur, payment_method: pm_card_visa, confirm: true}
                capture: {intent: $.id}
                expect: {status: 200, values: {$.status: %s}}
            always:
              - {name: ask-again, repeats: pay}
              - name: refund
                undoes: [pay]
                path: /v1/refunds
                headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
                form: {payment_intent: "{{intent}}"}
                tries: 1
        """
            .formatted(folder.resolve("key"), expected));
  }

  private Ran probe(Path script, String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "probe";
    arguments[1] = script.toString();
    arguments[2] = "--config";
    arguments[3] = config.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Ran.command(arguments);
  }

  @Test
  void showsEachStepWithItsPhasesFindingsAndMoney() throws IOException {
    Ran ran = probe(script("succeeded"));
    assertThat(ran.code()).as("%s", ran).isZero();
    assertThat(ran.out())
        .contains("pay-and-refund at sandbox")
        .contains("ok   pay  POST /v1/payment_intents")
        .contains("HTTP 200, succeeded, money succeeded")
        .contains("connect")
        .contains("ok   status 200")
        .contains("captured intent = pi_")
        .contains("ok   refund  POST /v1/refunds")
        .contains("pay-and-refund passed in")
        .doesNotContain(KEY)
        .doesNotContain("\033");
    assertThat(stripe.book().charges()).hasSize(1);
    assertThat(stripe.book().refunds()).hasSize(1);
  }

  @Test
  void waitsForEnterBeforeEachStep() throws IOException {
    Path script = script("succeeded");
    List<Integer> sentBefore = new ArrayList<>();
    InputStream keyboard = System.in;
    System.setIn(
        new InputStream() {
          @Override
          public int read() {
            sentBefore.add(stripe.book().requests().size());
            return '\n';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            bytes[offset] = (byte) read();
            return 1;
          }
        });
    try {
      assertThat(probe(script, "--step").out()).contains("next: pay, Enter to send it");
    } finally {
      System.setIn(keyboard);
    }
    assertThat(sentBefore).as("before the payment and before the refund").containsExactly(0, 1);
  }

  @Test
  void isAGateForPipelines() throws Exception {
    Path report = folder.resolve("out.xml");
    Ran ran = probe(script("processing"), "--json", "--junit", report.toString());
    assertThat(ran.code()).isEqualTo(1);
    JsonNode run = JsonMapper.shared().readTree(ran.out());
    assertThat(run.at("/passed").asBoolean()).isFalse();
    assertThat(run.at("/steps/0/expected/1/found").asString()).isEqualTo("succeeded");
    assertThat(run.at("/steps/0/verdict/money").asString()).isEqualTo("succeeded");
    assertThat(run.at("/clean_up/1/state").asString()).isEqualTo("passed");
    assertThat(run.at("/left_behind")).isEmpty();
    assertThat(Files.readString(report))
        .contains("<testsuite name=\"pay-and-refund\" tests=\"4\" failures=\"1\" skipped=\"1\"")
        .contains("expected $.status processing, found succeeded");
    assertThat(stripe.book().refunds()).hasSize(1);
  }

  @Test
  void tellsWhatIsLeftBehindAndGivesItBackNextTime() throws IOException {
    stripe.faults().on("POST", "/v1/refunds").next(Fault.close().at(Moment.RECEIVED));
    Ran first = probe(script("succeeded"));
    assertThat(first.code()).isEqualTo(1);
    assertThat(first.out())
        .contains("left behind: 100 eur (minor units) of step pay, exchange ")
        .contains("pay-and-refund left money behind");
    Ran second = probe(script("succeeded"));
    assertThat(second.code()).isZero();
    assertThat(second.out()).contains("what an earlier probe had left is back");
    assertThat(stripe.book().movements().stream().filter(Movement::charges)).hasSize(2);
    assertThat(stripe.book().refunds()).hasSize(2);
  }

  @Test
  void probesAChannelWithTheCredentialsOfItsProviders() throws IOException {
    Files.writeString(
        config,
        """
        data: "%s"
        providers:
          sandbox: {profile: stripe, url: "%s", headers: {Authorization: {file: "%s", prefix: "Bearer "}}}
        channels: {card: {providers: [sandbox]}}
        """
            .formatted(folder.resolve("data"), stripe.url(), folder.resolve("key")));
    Path script = script("succeeded");
    Files.writeString(
        script,
        Files.readString(script)
            .replace("provider: sandbox", "channel: card")
            .replace("Authorization: \"Bearer {{api-key}}\", ", ""));
    stripe.faults().on("POST", "/v1/refunds").next(Fault.close().at(Moment.RECEIVED));
    assertThat(probe(script).out())
        .contains("pay-and-refund at channel card")
        .contains("ok   pay  POST /v1/payment_intents at sandbox");
    Ran second = probe(script);
    assertThat(second.code()).as("%s", second).isZero();
    assertThat(second.out()).contains("what an earlier probe had left is back");
    assertThat(stripe.book().refunds()).hasSize(2);
  }

  @Test
  void shippedChecksAreThereToBeginWith() {
    assertThat(Ran.command("checks").out()).contains("stripe");
    assertThat(Ran.command("checks", "show", "alipay").out()).contains("alipay.trade.cancel");
    assertThat(Ran.command("checks", "show", "none").err()).contains("there are some for adyen");
    assertThat(Ran.command("checks", "schema").out()).contains("Tollwatch checks");
  }

  @Test
  void tellsWhatIsWrongWithAFileAndSendsNothing() throws IOException {
    Path script = script("succeeded");
    Files.writeString(script, Files.readString(script).replace("undoes: [pay]", "undoes: [pai]"));
    Ran ran = probe(script);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains("checks.yaml:16:17: checks.pay-and-refund.always[1].undoes names no step")
        .contains("2 problems");
    assertThat(stripe.book().requests()).isEmpty();
    assertThat(probe(script("succeeded"), "--check", "other").err())
        .contains("there is no check other; the files have pay-and-refund");
  }
}
