package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Orders to breakers, by command line, through the API of a running sidecar.
class BreakersCommandTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  @Test
  void forcesABreakerAndReleasesIt() {
    try (RunningSidecar running = new RunningSidecar(folder)) {
      assertThat(breakers(running).out()).contains("no breaker has been asked yet");

      Ran forced =
          breakers(
              running,
              "open",
              "stripe",
              "pay",
              "--reason",
              "maintenance",
              "--who",
              "ann",
              "--for",
              "30m");
      assertThat(forced.code()).isZero();
      assertThat(forced.lines().getLast())
          .startsWith("stripe pay")
          .contains("forced_open")
          .endsWith("maintenance (ann)");
      assertThat(status(running).path("breakers").path(0).path("state").asString())
          .isEqualTo("forced_open");
      assertThat(running.log).anyMatch(line -> line.contains("\"to\":\"forced_open\""));

      Ran released =
          breakers(running, "release", "stripe", "pay", "--reason", "done", "--who", "bob");
      assertThat(released.lines().getLast()).contains("half_open").endsWith("done (bob)");
    }
  }

  /// Orders stand in the journal, in the log and in reports of incidents.
  @Test
  void keepsNoCardNumberOfWhatPeopleWrite() {
    String[] words = {"--reason", "card 4111111111111111 fails", "--who", "ann 4111111111111111"};
    try (RunningSidecar running = new RunningSidecar(folder)) {
      Ran forced = breakers(running, with(words, "open", "stripe", "pay", "--for", "30m"));
      Ran released = breakers(running, with(words, "release", "stripe", "pay"));

      assertThat(List.of(forced, released))
          .extracting(ran -> ran.lines().getLast())
          .allSatisfy(
              line -> assertThat(line).contains(" fails (ann ").doesNotContain("4111111111111111"));
      assertThat(running.log)
          .anyMatch(line -> line.contains("\"to\":\"forced_open\""))
          .noneMatch(line -> line.contains("4111111111111111"));
    }
  }

  private static String[] with(String[] words, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(words)).toArray(String[]::new);
  }

  @Test
  void forcesAllOperationsIfNoneIsNamed() {
    try (RunningSidecar running = new RunningSidecar(folder)) {
      Ran observed =
          breakers(
              running, "observe", "stripe", "--reason", "r", "--who", "w", "--for", "1h", "--json");

      assertThat(JSON.readTree(observed.out()).path("breakers").valueStream())
          .hasSize(6)
          .allMatch(each -> each.path("state").asString().equals("observe_only"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "open,    stripe, pay,  r,  1x,  2",
    "open,    stripe, pay,  r,  31d, 2",
    "open,    stripe, pay,  ' ', 1h, 2",
    "open,    nobody, pay,  r,  1h,  2",
    "close,   stripe, sing, r,  1h,  2",
    "observe, stripe, pay,  r,  0s,  2"
  })
  void refusesAnOrderWithoutReasonEndOrObject(
      String action, String provider, String operation, String reason, String time, int code) {
    try (RunningSidecar running = new RunningSidecar(folder)) {
      Ran refused =
          breakers(running, action, provider, operation, "--reason", reason, "--for", time);

      assertThat(refused.code()).as(refused.err()).isEqualTo(code);
      assertThat(breakers(running).out()).contains("no breaker has been asked yet");
    }
  }

  @Test
  void needsReasonAndTimeOnTheCommandLine() {
    assertThat(Ran.command("breakers", "open", "stripe", "pay", "--for", "1h").code()).isEqualTo(2);
    assertThat(Ran.command("breakers", "open", "stripe", "pay", "--reason", "r").code())
        .isEqualTo(2);
  }

  @Test
  void saysThatNothingIsForced() {
    try (RunningSidecar running = new RunningSidecar(folder)) {
      Ran released = breakers(running, "release", "stripe", "pay", "--reason", "r");

      assertThat(released.code()).isOne();
      assertThat(released.err()).contains("no such breaker stands by an order");
    }
  }

  @Test
  void remembersOrdersOverARestart() {
    try (RunningSidecar running = new RunningSidecar(folder)) {
      breakers(running, "open", "stripe", "pay", "--reason", "maintenance", "--for", "30m");
      String before = breakers(running).lines().getLast();
      running.stop();

      Sidecar.Start again =
          Sidecar.start(
              RunningSidecar.configuration(folder, running.stripe.url(), running.data),
              () -> new Sidecar.Reread.Wrong("not in this test"),
              SystemTime.real(),
              _ -> {});
      try (Sidecar _ = ((Sidecar.Start.Running) again).sidecar()) {
        assertThat(eventually(running, before)).isTrue();
      }
    }
  }

  /// The journal is read beside the start.
  private static boolean eventually(RunningSidecar running, String line) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!breakers(running).lines().getLast().equals(line)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode status(RunningSidecar running) {
    return JSON.readTree(Ran.command("status", "--json", "--data", running.data.toString()).out());
  }

  /// Without an action it lists.
  private static Ran breakers(RunningSidecar running, String... words) {
    String[] arguments = new String[words.length + 3];
    arguments[0] = "breakers";
    System.arraycopy(words, 0, arguments, 1, words.length);
    arguments[words.length + 1] = "--data";
    arguments[words.length + 2] = running.data.toString();
    return Ran.command(arguments);
  }
}
