package io.tollwatch.proxy.cli;

import io.tollwatch.document.FileProblem;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Machine;
import io.tollwatch.proxy.config.Warnings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks a configuration file.
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    header = "Check a configuration file without starting anything.",
    description = {
      "",
      "Prints every problem as file:line:column: what is wrong; what would be right. Secrets,"
          + " certificates, keys and profiles that the file points to are read too; the network is"
          + " not asked.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  tollwatch validate tollwatch.yaml && tollwatch run --config tollwatch.yaml",
      "",
      "Exit codes: 0 the file is right, 2 it is not."
    })
final class ValidateCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The configuration file.")
  private Path file = Path.of("tollwatch.yaml");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return switch (new ConfigReader(System.getenv()).read(file)) {
      case ConfigReading.Valid valid -> {
        out.printf(
            "%s is right: %d providers, %d profiles of your own, egress port %d, admin port %d%n",
            file,
            valid.configuration().providers().size(),
            valid.configuration().profiles().ownNames().size(),
            valid.configuration().egress().port(),
            valid.configuration().admin().port());
        Warnings.of(valid.configuration(), Machine.ofProcess()).stream()
            .map(warning -> "warning: " + Printable.line(warning))
            .forEach(out::println);
        yield 0;
      }
      case ConfigReading.Invalid invalid -> {
        invalid.problems().stream()
            .map(FileProblem::text)
            .map(Printable::line)
            .forEach(out::println);
        int count = invalid.problems().size();
        out.println(count == 1 ? "1 problem" : count + " problems");
        yield 2;
      }
    };
  }
}
