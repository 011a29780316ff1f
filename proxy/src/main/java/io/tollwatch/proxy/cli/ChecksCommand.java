package io.tollwatch.proxy.cli;

import io.tollwatch.checks.script.CheckReader;
import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.proxy.cli.OrderOptions.Folder;
import io.tollwatch.proxy.cli.OrderOptions.Giver;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Checks: those that a running sidecar runs, and shipped ones to begin with.
@Command(
    name = "checks",
    mixinStandardHelpOptions = true,
    header =
        "List the checks that a sidecar runs, or run, pause or resume one; show or record some.",
    description = {
      "",
      "A sidecar runs the checks of its configuration (checks.files) that have a schedule; list, run,"
          + " pause and resume ask it. Without any of them the shipped checks are named.",
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
      "  tollwatch checks record --provider stripe --exchange 01KAQ3T7Z5,01KAQ3T9B1",
      "  tollwatch checks list",
      "  tollwatch checks leaks",
      "  tollwatch checks run stripe-pay",
      "  tollwatch checks pause stripe-pay --reason \"new keys\"",
      "",
      "Exit codes: 0 fine, 1 failed, 2 usage."
    },
    subcommands = {
      ChecksCommand.Show.class,
      ChecksCommand.Schema.class,
      ChecksRecordCommand.class,
      ChecksLeaksCommand.class
    })
final class ChecksCommand implements Callable<Integer> {

  private static final String NAME = "Its name.";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ShippedChecks.names().forEach(out::println);
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "List the checks that the running sidecar runs, and how they stand.")
  int list(@Mixin Folder folder) throws UsageException, CommandFailed {
    return show(Asked.body(folder.sidecar().get("/api/checks")), folder);
  }

  @Command(name = "run", mixinStandardHelpOptions = true, header = "Have one of them run now.")
  int run(@Mixin Folder folder, @Parameters(paramLabel = "CHECK", description = NAME) String check)
      throws UsageException, CommandFailed {
    return order("run", Map.of("check", check), folder);
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      header = "Let one of them not run until it is resumed, at any sidecar.")
  int pause(@Mixin Giver giver, @Parameters(paramLabel = "CHECK", description = NAME) String check)
      throws UsageException, CommandFailed {
    Map<String, Object> body = giver.body();
    body.put("check", check);
    return order("pause", body, giver.folder());
  }

  @Command(name = "resume", mixinStandardHelpOptions = true, header = "End a pause.")
  int resume(
      @Mixin Folder folder, @Parameters(paramLabel = "CHECK", description = NAME) String check)
      throws UsageException, CommandFailed {
    return order("resume", Map.of("check", check), folder);
  }

  private int order(String action, Map<String, Object> body, Folder folder)
      throws UsageException, CommandFailed {
    return show(Asked.body(folder.sidecar().post("/api/checks/" + action, body)), folder);
  }

  private int show(JsonNode answer, Folder asked) {
    PrintWriter out = spec.commandLine().getOut();
    if (asked.json()) {
      out.println(answer.toPrettyString());
    } else {
      new CheckTable(Terminal.current().paint(), out).show(answer);
    }
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
