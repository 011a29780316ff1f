package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Orders to scheduled checks, by command line, through the API of a running sidecar.
class CheckOrdersTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void listsRunsPausesAndResumes() throws Exception {
    Files.writeString(
        folder.resolve("checks.yaml"),
        """
        checks:
          look:
            provider: stripe
            schedule: {every: 7d, down-after: {failed: 1}}
            steps:
              - {name: look, path: /v1/nowhere, expect: {status: 200}}
        """);
    try (RunningSidecar running = new RunningSidecar(folder, "checks: {files: [checks.yaml]}\n")) {
      until("it is scheduled", () -> checks(running, "list").out().contains("look"));
      assertThat(checks(running, "list").lines().getLast()).contains("stripe", "pending");
      assertThat(checks(running, "run", "nothing").err())
          .contains("no scheduled check is named 'nothing'");
      assertThat(checks(running, "run", "look").code()).isZero();
      until("it is down", () -> checks(running, "list").out().contains("down"));
      assertThat(checks(running, "list").lines().getLast())
          .contains("look: expected status 200, found 401");
      Ran status = Ran.command("status", "--data", running.data.toString());
      assertThat(status.out()).contains("1 check, 0 up", "look is down since");
      assertThat(running.log)
          .anySatisfy(line -> assertThat(line).contains("\"check\":\"look\"", "\"what\":\"down\""));

      assertThat(checks(running, "pause", "look").code()).as("without a reason").isEqualTo(2);
      Ran paused = checks(running, "pause", "look", "--reason", "new keys", "--who", "ann");
      assertThat(paused.lines().getLast()).contains("paused").endsWith("new keys (ann)");
      Ran again =
          checks(running, "pause", "look", "--reason", "4111111111111111 fails", "--who", "ann");
      assertThat(again.lines().getLast())
          .endsWith(" fails (ann)")
          .doesNotContain("4111111111111111");
      assertThat(checks(running, "resume", "look").lines().getLast()).doesNotContain("paused");
      assertThat(checks(running, "resume", "look").code()).as("no pause").isEqualTo(1);
    }
  }

  private static Ran checks(RunningSidecar running, String order, String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "checks";
    all[1] = order;
    System.arraycopy(more, 0, all, 2, more.length);
    all[all.length - 2] = "--data";
    all[all.length - 1] = running.data.toString();
    return Ran.command(all);
  }

  private static void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("never: " + what).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
