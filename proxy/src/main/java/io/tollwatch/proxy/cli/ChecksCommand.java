package io.tollwatch.proxy.cli;

import io.tollwatch.checks.script.CheckReader;
import io.tollwatch.checks.script.ShippedChecks;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shipped checks, to begin with.
@Command(
    name = "checks",
    mixinStandardHelpOptions = true,
    header = "Show the shipped checks, and the schema of their files.",
    description = {
      "",
      "Shipped checks pay in the gateway's sandbox, look the payment up and give it back. Save one,"
          + " set what is yours in it, and run it with 'tollwatch probe'.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch checks show stripe > checks.yaml",
      "  tollwatch checks schema > checks.schema.json",
      "",
      "Exit codes: 0 fine, 2 usage."
    },
    subcommands = {ChecksCommand.Show.class, ChecksCommand.Schema.class})
final class ChecksCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ShippedChecks.names().forEach(out::println);
    return 0;
  }

  /// Prints one.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Print the shipped checks for a profile.",
      description = {"", "Without any they are listed by 'tollwatch checks'.", ""},
      footer = {"", "Example:", "  tollwatch checks show alipay > checks.yaml"})
  static final class Show implements Callable<Integer> {

    @Parameters(paramLabel = "PROFILE", description = "Such as stripe.")
    private String profile = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws UsageException {
      String text =
          ShippedChecks.text(profile)
              .orElseThrow(() ->
                  new UsageException(
                      "there are no shipped checks for "
                          + profile
                          + "; there are some for "
                          + String.join(", ", ShippedChecks.names())));
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  /// Prints the schema.
  @Command(
      name = "schema",
      mixinStandardHelpOptions = true,
      header = "Print the JSON Schema of files of checks, for editors.",
      description = {"", "Each key is described in it.", ""},
      footer = {"", "Example:", "  tollwatch checks schema > checks.schema.json"})
  static final class Schema implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      spec.commandLine().getOut().println(CheckReader.schemaText());
      return 0;
    }
  }
}
