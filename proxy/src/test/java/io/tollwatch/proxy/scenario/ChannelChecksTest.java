package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.book.Movement;
import io.tollwatch.fixtures.gateway.FakeStripe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A sidecar that checks a channel of two providers, `a` before `b`. The gateways' books say where
/// the check paid.
class ChannelChecksTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  @Test
  void paysWhereTheChannelWouldAndCountsThere() throws IOException {
    script();
    try (ChannelRig rig = ChannelRig.withTop(folder, "checks: {files: [checks.yaml]}\n")) {
      Admin admin = rig.admin();
      Eventually.holds("it is scheduled", () -> check(admin).path("channel").isString());
      assertThat(check(admin).path("channel").asString()).isEqualTo("card");
      assertThat(check(admin).path("provider").asString()).isEmpty();

      assertThat(
              admin
                  .post(
                      "/api/breakers/open",
                      "{\"provider\":\"a\",\"operation\":\"pay\",\"reason\":\"a test\",\"who\":\"me\",\"for\":\"1h\"}")
                  .statusCode())
          .isEqualTo(200);
      run(admin, 1);
      assertPaidAndBack(rig.b, 1);
      assertThat(rig.a.book().requests()).isEmpty();
      assertThat(breakers(admin, "b")).as("what it proved").isPositive();

      assertThat(
              admin
                  .post(
                      "/api/breakers/release",
                      "{\"provider\":\"a\",\"operation\":\"pay\",\"reason\":\"a test\",\"who\":\"me\"}")
                  .statusCode())
          .isEqualTo(200);
      run(admin, 2);
      assertPaidAndBack(rig.a, 1);
      assertThat(check(admin).path("state").asString()).isEqualTo("up");
    }
  }

  private void script() throws IOException {
    Files.writeString(
        folder.resolve("checks.yaml"),
        """
        checks:
          pay:
            channel: card
            timeout: 20s
            schedule: {every: 7d, re-check: 7d}
            steps:
              - name: pay
                path: /v1/payment_intents
                headers: {Idempotency-Key: "{{key}}"}
                form: {amount: 100, currency: eur, payment_method: pm_card_visa, confirm: true, "metadata[order_id]": "{{reference}}"}
                capture: {intent: $.id}
                expect: {money: succeeded}
              - {name: query, path: "/v1/payment_intents/{{intent}}", expect: {status: 200}}
            always:
              - {name: ask-again, repeats: pay}
              - name: refund
                undoes: [pay]
                path: /v1/refunds
                headers: {Idempotency-Key: "{{key}}"}
                form: {payment_intent: "{{intent}}"}
        """);
  }

  private static void run(Admin admin, int runs) {
    Eventually.holds(
        "it is to run",
        () ->
            admin.post("/api/checks/run", "{\"check\":\"pay\",\"who\":\"me\"}").statusCode()
                == 200);
    Eventually.holds("it has run", () -> check(admin).path("runs").asInt() >= runs);
    assertThat(check(admin).path("last_run").path("reason").asString("")).isEmpty();
  }

  private static JsonNode check(Admin admin) {
    return JSON.readTree(admin.get("/api/checks").body()).path("checks").path(0);
  }

  private static long breakers(Admin admin, String provider) {
    return JSON.readTree(admin.get("/api/breakers").body())
        .path("breakers")
        .valueStream()
        .filter(each -> each.path("provider").asString().equals(provider))
        .count();
  }

  private static void assertPaidAndBack(FakeStripe gateway, int times) {
    assertThat(gateway.book().charges()).hasSize(times);
    assertThat(gateway.book().movements())
        .filteredOn(each -> each.kind() == Movement.Kind.REFUND)
        .hasSize(times);
  }
}
