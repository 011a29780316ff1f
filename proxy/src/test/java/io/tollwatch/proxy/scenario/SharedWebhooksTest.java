package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two sidecars with one PostgreSQL. The first runs checks that wait for webhooks; those come in at
/// the second, as behind a load balancer: at the provider's address, and at the run's own.
class SharedWebhooksTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "KEY", "sk_test_hooks1234",
          "DB_PASSWORD", "postgres",
          "WEBHOOK_SECRET", MoneyRig.Secrets.WEBHOOK);
  private static final Pattern HOOK = Pattern.compile("/hooks/twh[a-z]{32}");

  @TempDir private Path folder;

  @Test
  void aCheckHearsWhatTheGatewayTellsAnotherSidecar() throws IOException {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        FakeStripe stripe = FakeStripe.start();
        Sidecar one = start("one", server, stripe, "checks: {files: [checks.yaml]}");
        Sidecar two = start("two", server, stripe, "")) {
      Admin admin = Admin.of(folder.resolve("one/data"));
      URI listener = two.webhooks().orElseThrow();
      assertThat(one.webhooks()).isPresent();

      assertThat(ran(admin, 1, stripe, listener, "/hooks/stripe")).isEqualTo("up");
      assertThat(ran(admin, 2, stripe, listener, "")).isEqualTo("up");
      assertThat(stripe.book().refunds()).hasSize(2);
      String strange = "/hooks/twh" + "b".repeat(32);
      assertThat(Payments.send(WebhookTest.call(listener, strange, "{}")).statusCode())
          .as("not signed")
          .isEqualTo(404);
    }
  }

  /// Has the check run, and the gateway call the other sidecar meanwhile.
  ///
  /// @param path where it calls; empty for the address that the check gave it
  /// @return how the check stands
  private static String ran(Admin admin, int runs, FakeStripe stripe, URI listener, String path) {
    Eventually.holds(
        "it is to run",
        () ->
            admin.post("/api/checks/run", "{\"check\":\"told\",\"who\":\"me\"}").statusCode()
                == 200);
    Eventually.holds("it paid", () -> stripe.book().charges().size() == runs);
    String reference = stripe.book().charges().getLast().reference();
    String called = path.isEmpty() ? asked(stripe) : path;
    assertThat(
            Payments.send(WebhookTest.signed(listener, called, WebhookTest.event(reference)))
                .statusCode())
        .isEqualTo(200);
    Eventually.holds("it has run", () -> check(admin).path("runs").asInt() >= runs);
    assertThat(check(admin).path("last_run").path("reason").asString("")).isEmpty();
    return check(admin).path("state").asString();
  }

  /// Where the newest run asked the gateway to call.
  private static String asked(FakeStripe stripe) {
    return stripe.book().requests().reversed().stream()
        .map(request -> URLDecoder.decode(request.body().text(), StandardCharsets.UTF_8))
        .flatMap(body -> HOOK.matcher(body).results().map(MatchResult::group))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode check(Admin admin) {
    return JSON.readTree(admin.get("/api/checks").body()).path("checks").path(0);
  }

  private Sidecar start(String name, EmbeddedPostgres server, FakeStripe stripe, String checks)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        own.resolve("checks.yaml"),
        """
        checks:
          told:
            provider: stripe
            timeout: 20s
            schedule: {every: 7d, re-check: 7d}
            secrets: {api-key: {env: KEY}}
            steps:
              - name: pay
                path: /v1/payment_intents
                headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
                form: {amount: 100, currency: eur, payment_method: pm_card_visa, confirm: true, "metadata[notify]": "{{hook}}", "metadata[order_id]": "{{reference}}"}
                capture: {intent: $.id}
                webhook: {within: 15s, values: {$.data.object.metadata.order_id: "{{reference}}"}}
            always:
              - {name: ask-again, repeats: pay}
              - name: refund
                undoes: [pay]
                path: /v1/refunds
                headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
                form: {payment_intent: "{{intent}}"}
        """);
    Files.writeString(
        own.resolve("tollwatch.yaml"),
        """
        data: "%s"
        egress: {port: 0}
        admin: {port: 0}
        webhooks: {port: 0, public-url: "http://127.0.0.1:9"}
        drain: 1s
        ledger: {url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres, password: {env: DB_PASSWORD}}
        reconcile: {enabled: false}
        %s
        providers:
          stripe: {url: "%s", response-timeout: 5s, webhook-secret: {env: WEBHOOK_SECRET}}
        """
            .formatted(own.resolve("data"), server.getPort(), checks, stripe.url()));
    var reading =
        (ConfigReading.Valid) new ConfigReader(ENVIRONMENT).read(own.resolve("tollwatch.yaml"));
    var start =
        Sidecar.start(
            reading.configuration(),
            () -> new Sidecar.Reread.Wrong("not in this test"),
            SystemTime.real(),
            _ -> {});
    return ((Sidecar.Start.Running) start).sidecar();
  }
}
