package io.tollwatch.proxy.cli;

import java.util.concurrent.Callable;
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

  @Mixin private ConfigOptions config = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    return new SidecarRun(spec.commandLine().getOut(), spec.commandLine().getErr())
        .untilStopped(config.chosen());
  }
}
