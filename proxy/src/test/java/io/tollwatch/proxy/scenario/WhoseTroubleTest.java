package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.proxy.cli.Ran;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// "Is it us or them?": a sidecar with a check at each of two gateways, and live calls beside them.
/// First the service sends nonsense to one, then that one fails, at last neither can be reached;
/// each time it is asked whose trouble it is where people look: `status`, API and reports.
class WhoseTroubleTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOP =
      """
      checks: {files: [checks]}
      breakers: {failures-in-a-row: 100, failure-rate: 100}
      reconcile: {enabled: false}
      """;

  @TempDir private Path folder;

  @Test
  void itIsSaidWhoseTroubleItIs() throws Exception {
    checks("stripe", "STRIPE_TEST_KEY");
    checks("adyen", "ADYEN_KEY");
    try (MoneyRig rig = MoneyRig.start(folder, TOP, "response-timeout: 5s, keep-alive: 0s")) {
      Admin admin = Admin.of(rig.data);
      for (String provider : new String[] {"stripe", "adyen", "stripe", "adyen"}) {
        run(admin, provider);
      }
      assertThat(pay(Payments.adyen(rig.url("adyen"), "fine-1"))).isEqualTo(200);
      assertThat(pay(Payments.adyen(rig.url("adyen"), "fine-2"))).isEqualTo(200);
      assertThat(admin.get("/api/checks").body()).contains("\"us_or_them\":[]");

      assertThat(pay(Payments.form(rig.url("stripe"), "currency=eur"))).isEqualTo(400);
      assertThat(pay(Payments.form(rig.url("stripe"), "currency=eur"))).isEqualTo(400);
      told(
          rig,
          "us",
          "stripe pay: it is us: 2 of 2 live calls fail, but only 0 of 2 of the checks'");

      for (int i = 0; i < 4; i++) {
        rig.stripe.faults().next(Fault.status(503).at(Moment.RECEIVED));
      }
      run(admin, "stripe");
      rig.stripe.faults().clear();
      told(rig, "provider", "stripe pay: it is the provider: 2 of 2 live calls and ");

      rig.stripe.close();
      rig.adyen.close();
      assertThat(pay(Payments.adyen(rig.url("adyen"), "away-1"))).isEqualTo(503);
      assertThat(pay(Payments.adyen(rig.url("adyen"), "away-2"))).isEqualTo(503);
      run(admin, "adyen");
      run(admin, "adyen");
      told(rig, "network", "it is our network: live calls and checks fail at all 2 providers");
    }
  }

  private void checks(String provider, String key) throws Exception {
    Files.createDirectories(folder.resolve("checks"));
    Files.writeString(
        folder.resolve("checks/" + provider + ".yaml"),
        ShippedChecks.text(provider)
            .orElseThrow()
            .replace("provider: " + provider + "-test", "provider: " + provider)
            .replaceAll("env: [A-Z_]+", "env: " + key)
            .replaceFirst("    steps:", "    schedule: {every: 7d, re-check: 7d}\n    steps:")
            .replaceFirst("undoes: \\[pay]", "undoes: [pay]\n        tries: 1")
            .replace(
                "{name: ask-again, repeats: pay}", "{name: ask-again, repeats: pay, tries: 1}"));
  }

  private static void told(MoneyRig rig, String culprit, String sentence) {
    Admin admin = Admin.of(rig.data);
    JsonNode found = JSON.readTree(admin.get("/api/checks").body()).path("us_or_them");
    assertThat(found).as("%s", found).hasSize(1);
    assertThat(found.path(0).path("culprit").asString()).isEqualTo(culprit);
    assertThat(found.path(0).path("sentence").asString()).startsWith(sentence);
    assertThat(admin.get("/api/status").body()).contains(sentence);
    assertThat(ran(rig, "status").out()).contains(sentence);
    rig.exchanges(); // that the store has them
    assertThat(ran(rig, "report", "failures").out())
        .contains("other figure of this report. " + sentence);
    assertThat(ran(rig, "report", "availability").out()).contains(sentence);
  }

  private static Ran ran(MoneyRig rig, String... command) {
    String[] all = Arrays.copyOf(command, command.length + 2);
    all[command.length] = "--data";
    all[command.length + 1] = rig.data.toString();
    Ran ran = Ran.command(all);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran;
  }

  private static void run(Admin admin, String provider) {
    String name = provider + "-pay";
    int before = runs(admin, name);
    Eventually.holds(
        "it is to run",
        () ->
            admin
                    .post("/api/checks/run", "{\"check\":\"" + name + "\",\"who\":\"me\"}")
                    .statusCode()
                == 200);
    Eventually.holds("it has run", () -> runs(admin, name) > before);
  }

  private static int runs(Admin admin, String name) {
    return JSON.readTree(admin.get("/api/checks").body())
        .path("checks")
        .valueStream()
        .filter(check -> check.path("name").asString().equals(name))
        .mapToInt(check -> check.path("runs").asInt())
        .findFirst()
        .orElse(0);
  }

  private static int pay(HttpRequest.Builder request) {
    return Payments.send(request).statusCode();
  }
}
