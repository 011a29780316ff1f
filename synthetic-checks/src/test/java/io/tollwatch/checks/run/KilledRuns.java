package io.tollwatch.checks.run;

import io.tollwatch.checks.script.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A process that makes run after run of a check, some at once, until it is killed, or has made all
/// of them; it prints a line before the first.
final class KilledRuns {

  private KilledRuns() {}

  /// Makes them.
  ///
  /// @param arguments folder, profile, gateway, file of the script, first planned time, number of
  ///   runs, how many at once; the secret is in the environment
  public static void main(String[] arguments) throws Exception {
    String secret = System.getenv("SECRET");
    Instant first = Instant.parse(arguments[4]);
    int runs = Integer.parseInt(arguments[5]);
    try (CheckRig rig = CheckRig.open(Path.of(arguments[0]), arguments[1], arguments[2])) {
      Check check = rig.check(Files.readString(Path.of(arguments[3])), secret);
      System.out.println("ready");
      try (ExecutorService atOnce =
          Executors.newFixedThreadPool(
              Integer.parseInt(arguments[6]), Thread.ofVirtual().factory())) {
        for (int i = 0; i < runs; i++) {
          Instant planned = first.plusSeconds(i);
          atOnce.execute(() -> rig.run(check, planned));
        }
      }
    }
  }
}
