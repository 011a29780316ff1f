package io.tollwatch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.ProfilesReading;
import io.tollwatch.taxonomy.Operation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Judging is on the way of each call: whoever writes the body must not decide how long it takes.
/// Sixteen times the size may take about sixteen times as long; what is quadratic takes 256 times
/// as long.
class LinearJudgingTest {

  private static final int SMALL = 16 * 1024;
  private static final int FACTOR = 16;

  /// Between linear and quadratic, with room for a busy machine.
  private static final int GENEROUS = 4 * FACTOR;

  private static final int RUNS = 3;

  /// Less is too little to be compared.
  private static final long SHORTEST = 1_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  private static Map<String, IntFunction<String>> hostile() {
    Map<String, IntFunction<String>> all = new LinkedHashMap<>();
    all.put("deep objects", size -> repeated("{\"error\":", size));
    all.put("a deep path", size -> "{\"error\":" + repeated("{\"error\":[", size));
    all.put("many keys", size -> "{" + numbered("\"k%d\":1,", size) + "\"a\":1}");
    all.put("one key again", size -> "{" + repeated("\"code\":\"1\",", size) + "\"a\":1}");
    all.put("many errors", size -> "{\"errors\":[" + repeated("{\"code\":\"1\"},", size) + "{}]}");
    all.put(
        "many details", size -> "{\"details\":[" + repeated("{\"issue\":\"X\"},", size) + "{}]}");
    all.put("many responses", size -> "{" + numbered("\"a%d_response\":{},", size) + "\"a\":1}");
    all.put("a long code", size -> "{\"error\":{\"code\":\"" + repeated("x", size) + "\"}}");
    all.put("a long number", size -> "{\"amount\":" + repeated("9", size) + "}");
    all.put("deep elements", size -> repeated("<a>", size));
    all.put("many elements", size -> "<xml>" + repeated("<code>1</code>", size) + "</xml>");
    all.put("references", size -> "<xml>" + repeated("&#52;", size) + "</xml>");
    all.put("parameters", size -> numbered("a%d=b&", size));
    all.put("deep parameters", size -> "a" + repeated("[b]", size) + "=1");
    all.put("blanks", size -> repeated(" ", size) + "{");
    return all;
  }

  @Test
  void hostileAnswersTakeTimeByTheirLength() {
    for (String name : Judging.PROFILES.names()) {
      for (var hostile : hostile().entrySet()) {
        String small = hostile.getValue().apply(SMALL);
        String large = hostile.getValue().apply(FACTOR * SMALL);
        assertLinear(
            name + ", " + hostile.getKey(),
            () -> Judging.judge(name, Judging.PAY, 200, small),
            () -> Judging.judge(name, Judging.PAY, 200, large));
      }
    }
  }

  /// In Java's own patterns this one takes exponential time, and RE2 has no back references.
  @Test
  void patternsOfUsersTakeTimeByTheLengthOfTheText() throws IOException {
    Profile profile = ((ProfilesReading.Valid) own("(a+)+b")).profiles().byName("acme");
    assertLinear(
        "a pattern", () -> cannotMove(profile, SMALL), () -> cannotMove(profile, FACTOR * SMALL));
    assertThat(((ProfilesReading.Invalid) own("(a)\\\\1")).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.hint()).contains("RE2"));
  }

  private ProfilesReading own(String pattern) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("acme.yaml"),
            """
            name: acme
            version: 1
            cannot-move:
              - {why: signed, at: $.token, matches: "%s"}
            """
                .formatted(pattern));
    return Profiles.of(Judging.PROFILES, List.of(file));
  }

  private static void cannotMove(Profile profile, int size) {
    String body = "{\"token\":\"" + "a".repeat(size) + "\"}";
    Message request = Message.request("/pay", Fields.of("Content-Type", "application/json"), body);
    assertThat(profile.cannotMove(Operation.PAY, request)).isEmpty();
  }

  private static void assertLinear(String what, Runnable small, Runnable large) {
    double ratio = (double) cpuNanos(large) / Math.max(cpuNanos(small), SHORTEST);
    assertThat(ratio).as(what).isLessThan(GENEROUS);
  }

  /// The least of several: whatever else the machine does only adds to it.
  private static long cpuNanos(Runnable work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      work.run();
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
    }
    return least;
  }

  private static String repeated(String piece, int size) {
    return piece.repeat(size / piece.length());
  }

  private static String numbered(String piece, int size) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; all.length() < size; i++) {
      all.append(piece.replace("%d", Integer.toString(i)));
    }
    return all.toString();
  }
}
