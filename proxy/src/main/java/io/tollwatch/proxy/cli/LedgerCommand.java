package io.tollwatch.proxy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What can be done with a ledger besides reading it.
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    subcommands = RebuildCommand.class,
    header = "Look after the ledger: rebuild its store from its journal.",
    description = {
      "",
      "Every record is in the journal first (<data>/journal); the store is its index, from which"
          + " everything is read.",
      ""
    },
    footer = {"", "Exit codes: 0 fine, 1 failed, 2 wrong usage or configuration."})
final class LedgerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }
}
