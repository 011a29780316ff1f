package io.tollwatch.proxy.cli;

import java.io.PrintWriter;
import java.util.Optional;

/// The main program.
public final class Main {

  private Main() {}

  /// Runs a command and ends the process with its exit code.
  public static void main(String[] arguments) {
    Carriers.atLeastTwo();
    Logging.quieten();
    Optional<ConfigChoice> plain = PlainRun.of(arguments);
    System.exit(
        plain.isPresent() ? run(plain.get()) : Tollwatch.commandLine(arguments).execute(arguments));
  }

  private static int run(ConfigChoice chosen) {
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    try {
      return new SidecarRun(new PrintWriter(System.out, true, System.out.charset()), err)
          .untilStopped(chosen);
    } catch (InterruptedException | RuntimeException e) {
      return Failing.tell(e, err);
    }
  }
}
