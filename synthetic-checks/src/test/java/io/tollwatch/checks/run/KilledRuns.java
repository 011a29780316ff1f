package io.tollwatch.checks.run;

import io.tollwatch.checks.script.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// A process that makes run after run of a check until it is killed, or has made all of them; it
/// prints a line before the first.
final class KilledRuns {

  private KilledRuns() {}

  /// Makes them.
  ///
  /// @param arguments folder, profile, gateway, file of the script, first planned time, number of
  ///   runs; the secret is in the environment
  public static void main(String[] arguments) throws Exception {
    String secret = System.getenv("SECRET");
    Instant first = Instant.parse(arguments[4]);
    try (CheckRig rig = CheckRig.open(Path.of(arguments[0]), arguments[1], arguments[2])) {
      Check check = rig.check(Files.readString(Path.of(arguments[3])), secret);
      System.out.println("ready");
      for (int i = 0; i < Integer.parseInt(arguments[5]); i++) {
        rig.run(check, first.plusSeconds(i));
      }
    }
  }
}
