package io.tollwatch.proxy.cli;

import io.tollwatch.proxy.demo.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Rehearses a start, for the start-up cache that is made at packaging. Of no use to people.
@Command(
    name = "rehearse",
    hidden = true,
    mixinStandardHelpOptions = true,
    header = "Start a sidecar, call it, and end it: its JVM writes the start-up cache meanwhile.",
    footer = {"", "Exit codes: 0 fine, 1 failed."})
final class RehearseCommand implements Callable<Integer> {

  @Parameters(paramLabel = "LAUNCHER", description = "The script that starts tollwatch.")
  private Path launcher = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Folder for what the sidecar needs and leaves.")
  private Path folder = Path.of("");

  @Option(
      names = "--java-opts",
      paramLabel = "OPTIONS",
      required = true,
      description = "Options of the sidecar's JVM.")
  private String javaOptions = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Rehearsal rehearsal = Rehearsal.prepare(folder)) {
      rehearsal.play(launcher, javaOptions);
    }
    return 0;
  }
}
