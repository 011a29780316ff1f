package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.http.Answer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A new configuration is taken whole while calls run, or not at all.
class ReloadTest {

  private static final String SETTINGS = "response-timeout: 20s";

  @TempDir private Path folder;

  @Test
  void newCallsGoToTheNewPlaceAndTheOneInFlightFinishesAtTheOld() {
    try (MoneyRig rig = MoneyRig.start(folder, SETTINGS);
        FakeStripe other = FakeStripe.start()) {
      rig.stripe.faults().next(Fault.stall().at(Moment.WORKING));
      var running = Payments.sendAsync(Payments.stripe(rig.url("stripe"), "old"));
      assertThat(rig.stripe.faults().awaitHeld(1, MoneyRig.LIMIT)).isTrue();

      rig.write(rig.yaml("", SETTINGS).replace(rig.stripe.url(), other.url()));
      assertThat(Admin.of(rig.data).post("/api/reload").statusCode()).isEqualTo(200);

      assertThat(Payments.money(Payments.send(Payments.stripe(rig.url("stripe"), "new"))))
          .isEqualTo("succeeded");
      assertThat(other.book().charges("new")).hasSize(1);
      rig.stripe.faults().release();
      assertThat(Payments.money(running.join())).isEqualTo("succeeded");
      assertThat(rig.stripe.book().charges("old")).hasSize(1);
      assertThat(rig.stripe.book().requests()).hasSize(1);
    }
  }

  @Test
  void aBrokenFileChangesNothingAndItsProblemsAreSaid() {
    try (MoneyRig rig = MoneyRig.start(folder, SETTINGS)) {
      rig.write(rig.yaml("", "respons-timeout: 20s, pool-size: none"));

      HttpResponse<String> refused = Admin.of(rig.data).post("/api/reload");

      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("tollwatch.yaml:", "respons-timeout", "pool-size");
      assertThat(Payments.money(Payments.send(Payments.stripe(rig.url("stripe"), "still"))))
          .isEqualTo("succeeded");
    }
  }

  /// A user's own code, in the place where the shipped profile looks.
  private static String ours(String category) {
    return """
    name: stripe
    extends: stripe
    version: 1
    errors:
      - at: $.error.decline_code
        rules: {our_own_code: {category: %s, fault: issuer}}
    """
        .formatted(category);
  }

  private static String declined(MoneyRig rig, String key) {
    String body = "{\"error\":{\"type\":\"card_error\",\"decline_code\":\"our_own_code\"}}";
    rig.stripe.faults().next(Fault.instead(Answer.of(402, "application/json", body)));
    return Payments.send(Payments.stripe(rig.url("stripe"), key))
        .headers()
        .firstValue("Tollwatch-Category")
        .orElseThrow();
  }

  @Test
  void aProfileIsTakenAnewAndABrokenOneKeepsTheOldOne() throws IOException {
    Path profile = folder.resolve("ours.yaml");
    Files.writeString(profile, ours("fraud_block"));
    try (MoneyRig rig = MoneyRig.start(folder, "profiles: [ours.yaml]", SETTINGS)) {
      assertThat(declined(rig, "one")).isEqualTo("fraud_block");

      Files.writeString(profile, ours("declined") + "extra: 1\n");
      HttpResponse<String> refused = Admin.of(rig.data).post("/api/reload");
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("ours.yaml:6:", "ours.yaml:7:1: unknown key 'extra'");
      assertThat(declined(rig, "two")).isEqualTo("fraud_block");

      Files.writeString(profile, ours("decline_hard"));
      assertThat(Admin.of(rig.data).post("/api/reload").statusCode()).isEqualTo(200);
      assertThat(declined(rig, "three")).isEqualTo("decline_hard");
      assertThat(rig.last().outcome().orElseThrow().verdict().trail().byUser()).isTrue();
    }
  }

  /// Others hold on to these settings. To say that they are in force when they are not would be
  /// worse than to refuse them, and a file is taken whole or not at all.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data                    | data: elsewhere",
        "log                     | log: {per-minute: 5}",
        "drain                   | drain: 7s",
        "capture-limit           | capture-limit: 8KiB",
        "egress.max-connections  | egress: {port: 0, max-connections: 7}",
        "egress.idle-timeout     | egress: {port: 0, idle-timeout: 7s}",
        "egress.max-header-bytes | egress: {port: 0, max-header-bytes: 2048}",
      })
  void aChangeThatNeedsARestartIsRefusedAsAWhole(String key, String top) {
    try (MoneyRig rig = MoneyRig.start(folder, SETTINGS);
        FakeStripe other = FakeStripe.start()) {
      String yaml = rig.yaml(top, SETTINGS).replace(rig.stripe.url(), other.url());
      rig.write(key.equals("data") ? yaml.substring(yaml.indexOf('\n')) : yaml);

      HttpResponse<String> refused = Admin.of(rig.data).post("/api/reload");

      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("'" + key + "' needs a restart");
      Payments.send(Payments.stripe(rig.url("stripe"), "still"));
      assertThat(rig.stripe.book().charges("still")).hasSize(1);
      assertThat(other.book().requests()).isEmpty();
    }
  }

  @Test
  void aSignalReloadsToo() throws Exception {
    assumeThat(ignoresHangUps()).as("started under nohup, which no child can undo").isFalse();
    try (FakeStripe first = FakeStripe.start();
        FakeStripe second = FakeStripe.start();
        ChildSidecar child = ChildSidecar.start(folder, first, "")) {
      ChildSidecar.configure(folder, second, "");
      child.signal("HUP");
      child.awaitLine("the new configuration is in force");
      Payments.send(Payments.stripe(child.url("stripe"), "hup"));
      assertThat(second.book().charges("hup")).hasSize(1);

      Files.writeString(folder.resolve("ours.yaml"), ours("declined"));
      Files.writeString(
          folder.resolve("tollwatch.yaml"),
          "profiles: [ours.yaml]\nproviders: {stripe: {uri: nowhere}}");
      child.signal("HUP");
      child.awaitLine("the configuration stays as it was");
      child.awaitLine("uri");
      child.awaitLine("ours.yaml:6:");
      Payments.send(Payments.stripe(child.url("stripe"), "hup-2"));
      assertThat(second.book().charges("hup-2")).hasSize(1);
      assertThat(first.book().requests()).isEmpty();
    }
  }

  /// Whether this process ignores SIGHUP, and with it every process that it starts.
  private static boolean ignoresHangUps() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
            .anyMatch(ignored -> (ignored & 1) != 0);
  }
}
