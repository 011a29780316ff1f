package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.fixtures.book.Movement;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A sidecar that runs a check at Stripe every few seconds: the gateway's book says what it did.
class ScheduledChecksTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String TOP =
      """
      checks: {files: [checks]}
      breakers: {open-time: 200ms, failures-in-a-row: 3}
      reconcile: {enabled: false}
      """;

  @TempDir private Path folder;

  @Test
  void paysAndGivesBackByItsScheduleAndAloneTestsTheBreakerOfItsEntry() throws Exception {
    checks("5s");
    try (MoneyRig rig = MoneyRig.start(folder, TOP, "response-timeout: 5s")) {
      Admin admin = Admin.of(rig.data);
      Eventually.holds("it is up", () -> state(admin).equals("up"));
      assertThat(movements(rig, true)).isNotEmpty();
      assertThat(movements(rig, false)).hasSameSizeAs(movements(rig, true));
      assertThat(admin.get("/metrics").body())
          .contains(
              "tollwatch_check_runs_total{check=\"stripe-pay\",result=\"passed\"}",
              "tollwatch_test_money_out 0.0");
      assertThat(admin.get("/api/breakers").body())
          .as("only its own entry")
          .contains("\"provider\":\"stripe\"")
          .doesNotContain("adyen");

      assertThat(order(admin, "pause", "new keys").statusCode()).isEqualTo(200);
      assertThat(admin.get("/api/checks").body()).contains("\"paused\":\"new keys\"");
      open(rig, admin);
      for (int i = 0; i < 3; i++) {
        assertThat(pay(rig, "good-" + i)).isEqualTo(200);
      }
      assertThat(breaker(admin)).as("live calls are no probes (P7)").isEqualTo("half_open");

      assertThat(order(admin, "resume", "").statusCode()).isEqualTo(200);
      Eventually.holds(
          "the check lets it be used again",
          () -> List.of("ramping", "closed").contains(breaker(admin)));
      assertThat(order(admin, "resume", "").statusCode()).as("no pause").isEqualTo(409);
      assertThat(admin.get("/api/status").body()).contains("\"scheduled\":1");
    }
  }

  @Test
  void whatIsToBeRunNowRunsAndAReloadTakesChecksAnew() throws Exception {
    checks("7d");
    try (MoneyRig rig = MoneyRig.start(folder, TOP, "response-timeout: 5s")) {
      Admin admin = Admin.of(rig.data);
      Eventually.holds("it is scheduled", () -> !check(admin).isEmpty());
      assertThat(state(admin)).isEqualTo("pending");
      assertThat(order(admin, "run", "").statusCode()).isEqualTo(200);
      Eventually.holds("it is up", () -> state(admin).equals("up"));
      assertThat(movements(rig, true)).hasSize(1);
      assertThat(movements(rig, false)).hasSize(1);

      Files.writeString(folder.resolve("checks/stripe.yaml"), "checks: {}\n");
      assertThat(rig.sidecar().reload())
          .hasValueSatisfying(wrong -> assertThat(wrong).contains("stripe.yaml:1:9"));
      Files.delete(folder.resolve("checks/stripe.yaml"));
      assertThat(rig.sidecar().reload()).isEmpty();
      Eventually.holds("it is gone", () -> check(admin).isEmpty());
      assertThat(order(admin, "run", "").statusCode()).isEqualTo(400);
    }
  }

  private void checks(String every) throws IOException {
    Files.createDirectories(folder.resolve("checks"));
    Files.writeString(
        folder.resolve("checks/stripe.yaml"),
        ShippedChecks.text("stripe")
            .orElseThrow()
            .replace("provider: stripe-test", "provider: stripe")
            .replaceFirst("    steps:", "    schedule: {every: " + every + "}\n    steps:"));
  }

  /// Lets live calls fail until the breaker is open, and then half open.
  private static void open(MoneyRig rig, Admin admin) {
    for (int i = 0; i < 3; i++) {
      rig.stripe.faults().next(Fault.status(503).at(Moment.RECEIVED));
      assertThat(pay(rig, "bad-" + i)).isEqualTo(503);
    }
    Eventually.holds("it is half open", () -> breaker(admin).equals("half_open"));
  }

  private static int pay(MoneyRig rig, String key) {
    return Payments.send(
            Payments.form(
                    rig.url("stripe"),
                    "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa")
                .header("Idempotency-Key", key))
        .statusCode();
  }

  private static HttpResponse<String> order(Admin admin, String action, String reason) {
    return admin.post(
        "/api/checks/" + action,
        "{\"check\":\"stripe-pay\",\"who\":\"me\",\"reason\":\"" + reason + "\"}");
  }

  private static JsonNode check(Admin admin) {
    return JSON.readTree(admin.get("/api/checks").body()).path("checks").path(0);
  }

  private static String state(Admin admin) {
    return check(admin).path("state").asString("");
  }

  private static String breaker(Admin admin) {
    return JSON.readTree(admin.get("/api/breakers").body())
        .path("breakers")
        .valueStream()
        .filter(each -> each.path("provider").asString().equals("stripe"))
        .filter(each -> each.path("operation").asString().equals("pay"))
        .filter(each -> each.path("rail").asString().isEmpty())
        .findFirst()
        .map(each -> each.path("state").asString())
        .orElse("");
  }

  private static List<Movement> movements(MoneyRig rig, boolean charges) {
    return rig.stripe.book().movements().stream()
        .filter(each -> each.amountMinor() == 100)
        .filter(each -> each.charges() == charges)
        .toList();
  }
}
