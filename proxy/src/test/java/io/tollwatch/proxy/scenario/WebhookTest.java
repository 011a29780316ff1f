package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.StepResult;
import io.tollwatch.checks.run.Watcher;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.CheckReader;
import io.tollwatch.checks.script.CheckReading;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.fixtures.book.Movement;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.proxy.ProbeBench;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.CheckEntries;
import io.tollwatch.proxy.config.CheckSecrets;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.taxonomy.Money;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The listener that gateways call, on real sockets: what settles doubts, what checks wait for, and
/// what of strangers counts nothing.
class WebhookTest {

  private static final String HOOKS =
      "webhooks: {port: 0, public-url: \"http://127.0.0.1:9\", max-body: 4KiB}\n";
  private static final String PROVIDER =
      "response-timeout: 10s, keep-alive: 0s, webhook-secret: {env: WEBHOOK_SECRET}";
  private static final Pattern HOOK = Pattern.compile("/hooks/twh[a-z]{32}");

  @TempDir private Path folder;

  static String event(String reference) {
    return """
    {"id": "evt_1", "object": "event", "type": "payment_intent.succeeded",\
     "data": {"object": {"object": "payment_intent", "amount": 1000, "currency": "eur",\
     "status": "succeeded", "metadata": {"order_id": "%s"}}}}
    """
        .formatted(reference);
  }

  static HttpRequest.Builder call(URI listener, String path, String body) {
    return HttpRequest.newBuilder(listener.resolve(path)).POST(BodyPublishers.ofString(body));
  }

  static HttpRequest.Builder signed(URI listener, String path, String body) {
    String time = Long.toString(Instant.now().getEpochSecond());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              MoneyRig.Secrets.WEBHOOK.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] right = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
      return call(listener, path, body)
          .header("Stripe-Signature", "t=" + time + ",v1=" + HexFormat.of().formatHex(right));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int status(HttpRequest.Builder request) {
    return Payments.send(request).statusCode();
  }

  @Test
  void aWebhookThatIsSignedRightSettlesADoubtAndIsKept() {
    try (MoneyRig rig = MoneyRig.start(folder, HOOKS, PROVIDER)) {
      URI listener = rig.sidecar().webhooks().orElseThrow();
      rig.stripe.faults().next(Fault.reset().at(Moment.ANSWERED));
      HttpResponse<String> lost = Payments.send(Payments.stripe(rig.url("stripe"), "hook-1"));
      String doubt = Payments.exchange(lost);
      assertThat(Payments.money(lost)).isEqualTo("in_doubt");

      assertThat(status(call(listener, "/hooks/stripe", event("hook-1")))).isEqualTo(401);
      assertThat(rig.exchanges()).hasSize(1);
      HttpResponse<String> taken =
          Payments.send(signed(listener, "/hooks/stripe", event("hook-1")));

      assertThat(taken.statusCode()).isEqualTo(200);
      Exchange settled =
          rig.exchanges().stream()
              .filter(each -> each.id().equals(doubt))
              .findFirst()
              .orElseThrow();
      Resolution resolution = settled.resolution().orElseThrow();
      assertThat(resolution.money()).isEqualTo(Money.SUCCEEDED);
      assertThat(resolution.by()).isEqualTo(Resolution.By.EVIDENCE);
      assertThat(rig.exchanges())
          .extracting(Exchange::id)
          .contains(resolution.evidence().orElseThrow());
      assertThat(Admin.of(rig.data).get("/metrics").body())
          .contains("tollwatch_webhooks_total{result=\"taken\"} 1.0")
          .contains("tollwatch_webhooks_total{result=\"unsigned\"} 1.0");
    }
  }

  @Test
  void whatStrangersSendLeavesNothingBehind() {
    try (MoneyRig rig = MoneyRig.start(folder, HOOKS, PROVIDER)) {
      URI listener = rig.sidecar().webhooks().orElseThrow();
      assertThat(status(signed(listener, "/hooks/nobody", "{}"))).isEqualTo(404);
      assertThat(status(signed(listener, "/hooks/twh" + "b".repeat(32), "{}"))).isEqualTo(404);
      assertThat(status(signed(listener, "/api/status", "{}"))).isEqualTo(404);
      assertThat(status(signed(listener, "/hooks/alipay", "{}"))).isEqualTo(404);
      assertThat(status(HttpRequest.newBuilder(listener.resolve("/hooks/stripe")).GET()))
          .isEqualTo(404);
      assertThat(status(signed(listener, "/hooks/stripe", "x".repeat(5000)))).isEqualTo(413);
      assertThat(
              status(
                  signed(listener, "/hooks/stripe", event("a"))
                      .header("Origin", "https://evil.example")))
          .isEqualTo(403);
      assertThat(rig.exchanges()).isEmpty();
    }
  }

  @Test
  void thereIsNoSuchListenerUnlessTheFileAsksForIt() {
    try (MoneyRig rig = MoneyRig.start(folder, PROVIDER)) {
      assertThat(rig.sidecar().webhooks()).isEmpty();
    }
  }

  /// Runs a check that waits for a webhook.
  ///
  /// @param gateway calls when the payment is made
  private CheckRun run(MoneyRig rig, String says, String within, Consumer<URI> gateway) {
    Configuration configuration =
        ((ConfigReading.Valid)
                new ConfigReader(Map.of("WEBHOOK_SECRET", MoneyRig.Secrets.WEBHOOK)).read(rig.file))
            .configuration();
    try (ProbeBench bench =
        ((ProbeBench.Opening.Opened) ProbeBench.open(configuration, SystemTime.real())).bench()) {
      assertThat(bench.listen()).isEmpty();
      Check check = check(configuration, says, within);
      return bench.run(
          check,
          new Watcher() {
            @Override
            public void before(Check running, String step) {
              if (step.equals("pay")) {
                Thread.startVirtualThread(() -> gateway.accept(bench.webhooks().orElseThrow()));
              }
            }

            @Override
            public void after(Check running, StepResult result) {
              // the run says it
            }
          });
    }
  }

  /// A check that pays and waits for a webhook.
  ///
  /// @param says the values that it must have
  static String script(String says, String within) {
    return """
    checks:
      told:
        provider: stripe
        timeout: 20s
        secrets: {api-key: {env: STRIPE_TEST_KEY}}
        steps:
          - name: pay
            path: /v1/payment_intents
            headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
            form: {amount: 100, currency: eur, payment_method: pm_card_visa, confirm: true, "metadata[notify]": "{{hook}}", "metadata[order_id]": "{{reference}}"}
            capture: {intent: $.id}
            webhook: {within: %s, values: {%s}}
        always:
          - {name: ask-again, repeats: pay}
          - name: refund
            undoes: [pay]
            path: /v1/refunds
            headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
            form: {payment_intent: "{{intent}}"}
    """
        .formatted(within, says);
  }

  private static Check check(Configuration configuration, String says, String within) {
    CheckReading reading =
        new CheckReader(
                CheckEntries.of(configuration),
                new CheckSecrets(Map.of("STRIPE_TEST_KEY", MoneyRig.Secrets.CHECK)))
            .read(script(says, within), Path.of("checks.yaml"));
    if (!(reading instanceof CheckReading.Valid valid)) {
      throw new AssertionError(reading.toString());
    }
    return valid.checks().getFirst();
  }

  /// Where the check asked the gateway to call, once it has.
  private static Optional<String> asked(MoneyRig rig) {
    return rig.stripe.book().requests().stream()
        .map(request -> URLDecoder.decode(request.body().text(), StandardCharsets.UTF_8))
        .map(HOOK::matcher)
        .filter(Matcher::find)
        .map(Matcher::group)
        .findFirst();
  }

  private static void assertGivenBack(MoneyRig rig) {
    assertThat(rig.stripe.book().movements().stream().filter(Movement::charges)).hasSize(1);
    assertThat(rig.stripe.book().refunds()).hasSize(1);
  }

  @Test
  void aCheckPassesWhenTheGatewayCallsItsAddress() {
    try (MoneyRig rig = MoneyRig.start(folder, HOOKS, PROVIDER)) {
      CheckRun run =
          run(
              rig,
              "$.data.object.metadata.order_id: \"{{reference}}\"",
              "10s",
              listener -> {
                Eventually.holds("it paid", () -> !rig.stripe.book().charges().isEmpty());
                String path = asked(rig).orElseThrow();
                String reference = rig.stripe.book().charges().getFirst().reference();
                assertThat(status(call(listener, path, event(reference)))).isEqualTo(401);
                assertThat(status(signed(listener, path, event("another")))).isEqualTo(200);
                assertThat(status(signed(listener, path, event(reference)))).isEqualTo(200);
              });
      assertThat(run.failed()).isEmpty();
      assertThat(run.steps().getFirst().findings().getLast().found()).startsWith("it did after");
      assertGivenBack(rig);
    }
  }

  @Test
  void aCheckAlsoHearsWhatTheGatewayTellsAtItsOwnAddress() {
    try (MoneyRig rig = MoneyRig.start(folder, HOOKS, PROVIDER)) {
      CheckRun run =
          run(
              rig,
              "$.data.object.metadata.order_id: \"{{reference}}\"",
              "10s",
              listener -> {
                Eventually.holds("it paid", () -> !rig.stripe.book().charges().isEmpty());
                String reference = rig.stripe.book().charges().getFirst().reference();
                assertThat(status(signed(listener, "/hooks/stripe", event(reference))))
                    .isEqualTo(200);
              });
      assertThat(run.failed()).isEmpty();
      assertGivenBack(rig);
    }
  }

  @Test
  void aCallThatDoesNotComeFailsTheStepAndTheMoneyGoesBack() {
    try (MoneyRig rig = MoneyRig.start(folder, HOOKS, PROVIDER)) {
      CheckRun run = run(rig, "$.type: other", "300ms", _ -> {});
      assertThat(run.failed().orElseThrow().reason().orElseThrow())
          .contains("expected the gateway calls within 300 ms, found no such call");
      assertThat(run.out()).isEmpty();
      assertGivenBack(rig);
    }
  }
}
