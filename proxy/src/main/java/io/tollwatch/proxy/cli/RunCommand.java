package io.tollwatch.proxy.cli;

import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.telemetry.LineWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Runs the sidecar until it is told to stop.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Start the sidecar.",
    description = {
      "",
      "Without a file it serves the built-in providers: http://127.0.0.1:9400/stripe leads to"
          + " api.stripe.com, and so on (see 'tollwatch status'). Calls that do not end well are"
          + " logged as lines of JSON on standard output.",
      "",
      "SIGTERM or Ctrl-C drains: no new connections, running calls finish within the drain limit,"
          + " those that don't are recorded in doubt. A second one ends at once. SIGHUP takes the"
          + " configuration file anew, whole or not at all (but for a process under nohup, which ignores it:"
          + " POST /api/reload does the same).",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch run",
      "  tollwatch run --config tollwatch.yaml --data /var/lib/tollwatch",
      "",
      "Exit codes: 0 drained, 1 failed, 2 wrong usage or configuration, a port in use or a data"
          + " folder that another sidecar owns."
    })
final class RunCommand implements Callable<Integer> {

  private static final Duration LAST_LINES = Duration.ofSeconds(1);

  @Mixin private ConfigOptions config = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return switch (config.read()) {
      case Sidecar.Reread.Wrong wrong -> {
        err.println(Printable.of(wrong.problems()));
        yield 2;
      }
      case Sidecar.Reread.Right right -> start(right.configuration(), out, err);
    };
  }

  private int start(Configuration configuration, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    try (LineWriter lines = new LineWriter(line -> log(out, line), LAST_LINES)) {
      return switch (Sidecar.start(configuration, config::read, SystemTime.real(), lines)) {
        case Sidecar.Start.Failed failed -> {
          err.println("tollwatch: " + Printable.line(failed.reason()));
          yield 2;
        }
        case Sidecar.Start.Running running -> serve(running.sidecar(), out, err);
      };
    }
  }

  private static int serve(Sidecar sidecar, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    Signals.onStop(stop::countDown);
    Signals.onReload(() -> reload(sidecar, err));
    greet(sidecar, out);
    stop.await();
    err.println("tollwatch: draining; a second signal ends at once");
    sidecar.close();
    return 0;
  }

  private static void greet(Sidecar sidecar, PrintWriter out) {
    for (var listener : sidecar.listeners().entrySet()) {
      URI address = listener.getValue();
      out.printf("tollwatch: %s listens on %s%n", listener.getKey(), address);
    }
    out.printf("tollwatch: admin listens on %s%n", sidecar.admin());
    out.printf("tollwatch: call a provider at %s/<provider>/...%n", sidecar.egress());
    out.flush();
  }

  private static void reload(Sidecar sidecar, PrintWriter err) {
    Optional<String> trouble = sidecar.reload();
    err.println(
        trouble
            .map(problems -> "tollwatch: the configuration stays as it was:\n" + problems)
            .map(Printable::of)
            .orElse("tollwatch: the new configuration is in force"));
    err.flush();
  }

  private static void log(PrintWriter out, String line) {
    out.println(Printable.line(line));
    out.flush();
  }
}
