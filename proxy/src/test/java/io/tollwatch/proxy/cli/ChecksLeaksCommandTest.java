package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What checks took and could not give back is listed, and settled by a person, whose word is kept.
class ChecksLeaksCommandTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private Path checks(String provider, String schedule) throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "sk_test_leaks0815");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return Files.writeString(
        folder.resolve("checks.yaml"),
        """
        checks:
          pay:
            provider: %s
            %s
            secrets: {api-key: {file: "%s"}}
            steps:
              - name: pay
                path: /v1/payment_intents
                headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
                form: {amount: 100, currency: eur, payment_method: pm_card_visa, confirm: true}
                capture: {intent: $.id}
            always:
              - name: refund
                undoes: [pay]
                path: /v1/refunds
                headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
                form: {payment_intent: "{{intent}}"}
                tries: 1
        """
            .formatted(provider, schedule, key));
  }

  private static String idOf(String list) {
    String line = list.lines().filter(each -> each.startsWith("twm")).findFirst().orElse(" ");
    return line.substring(0, line.indexOf(' '));
  }

  @Test
  void aSidecarIsAskedForThatOfItsChecks() throws Exception {
    checks("stripe", "schedule: {every: 7d}");
    try (RunningSidecar running = new RunningSidecar(folder, "checks: {files: [checks.yaml]}\n")) {
      running.stripe.faults().on("POST", "/v1/refunds").always(Fault.close().at(Moment.RECEIVED));
      String data = running.data.toString();
      until(() -> Ran.command("checks", "run", "pay", "--data", data).code() == 0);
      until(() -> Ran.command("checks", "leaks", "--data", data).out().contains("refund: "));
      Ran list = Ran.command("checks", "leaks", "--data", data);
      assertThat(list.out()).contains("pay", "stripe", "100 eur", "refund: ");
      String[] settle = {
        "checks", "leaks", "settle", idOf(list.out()), "--data", data, "--who", "ann"
      };
      assertThat(Ran.command(settle).code()).as("without a reason").isEqualTo(2);
      Ran settled = Ran.command(with(settle, "--reason", "card 4111111111111111 shows it back"));
      assertThat(settled.out()).contains("no test money is out");
      assertThat(Ran.command(with(settle, "--reason", "again")).err())
          .contains("no test money with that id is out");
    }
    // a later process knows it too, and nothing of the card
    try (RunningSidecar again = new RunningSidecar(folder, "checks: {files: [checks.yaml]}\n")) {
      Ran list = Ran.command("checks", "leaks", "--data", again.data.toString());
      assertThat(list.out()).contains("no test money is out").doesNotContain("4111111111111111");
    }
  }

  @Test
  void thatOfProbesIsInTheirOwnFolder() throws Exception {
    try (RunningSidecar running = new RunningSidecar(folder)) {
      running.stripe.faults().on("POST", "/v1/refunds").always(Fault.close().at(Moment.RECEIVED));
      String data = running.data.toString();
      String config = folder.resolve("tollwatch.yaml").toString();
      Ran probe =
          Ran.command(
              "probe", checks("stripe", "note: leaks").toString(), "-c", config, "--data", data);
      assertThat(probe.code()).isEqualTo(1);
      Ran list = Ran.command("checks", "leaks", "--probe", "--data", data);
      assertThat(list.out()).contains("100 eur");
      Ran settled =
          Ran.command(
              "checks",
              "leaks",
              "settle",
              idOf(list.out()),
              "--probe",
              "--data",
              data,
              "--reason",
              "refunded in the dashboard");
      assertThat(settled.out()).as("%s", settled).contains("no test money is out");
      assertThat(Ran.command("checks", "leaks", "--probe", "--data", data).out())
          .contains("no test money is out");
    }
  }

  private static String[] with(String[] words, String... more) {
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  private static void until(BooleanSupplier holds) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
