package io.tollwatch.proxy.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// All commands.
@Command(
    name = "tollwatch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Egress sidecar and black-box monitor for third-party payment gateways.",
    description = {
      "",
      "Point your payment SDK at http://127.0.0.1:9400/<provider> and every call is recorded with"
          + " its phases and judged: what happened to the money, whose fault it is, what to do.",
      ""
    },
    footer = {
      "",
      "First steps:",
      "  tollwatch demo          see it at work with fake gateways, in a minute",
      "  tollwatch run           start the sidecar; built-in providers need no file",
      "  tollwatch exchanges --trouble --since 1h",
      "  tollwatch probe checks.yaml    synthetic payments, given back",
      "  tollwatch report failures --since 24h --format html -o failures.html",
      "  tollwatch explain stripe insufficient_funds",
      "",
      "'tollwatch COMMAND --help' says more.",
      "",
      "Exit codes: 0 fine, 1 failed, 2 wrong usage or configuration."
    })
final class Tollwatch implements Callable<Integer> {

  private static final List<Class<?>> COMMANDS =
      List.of(
          RunCommand.class,
          DemoCommand.class,
          ExchangesCommand.class,
          ReportCommand.class,
          InDoubtCommand.class,
          ProbeCommand.class,
          ChecksCommand.class,
          ExplainCommand.class,
          JudgeCommand.class,
          RejudgeCommand.class,
          ProfilesCommand.class,
          ValidateCommand.class,
          StatusCommand.class,
          BreakersCommand.class,
          ChannelsCommand.class,
          LedgerCommand.class,
          RehearseCommand.class,
          HelpCommand.class);

  @Spec private CommandSpec spec = CommandSpec.create();

  /// The commands, ready to be executed with these arguments: only the one that they name, as to
  /// make all of them took a fifth of the time until the sidecar listens. All where they name none.
  static CommandLine commandLine(String... arguments) {
    CommandLine all = new CommandLine(new Tollwatch());
    COMMANDS.stream()
        .filter(command -> command != HelpCommand.class) // which is about all of them
        .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
        .findFirst()
        .map(List::<Class<?>>of)
        .orElse(COMMANDS)
        .forEach(all::addSubcommand);
    return all.setUsageHelpAutoWidth(true).setExecutionExceptionHandler(Tollwatch::failed);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.USAGE;
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static int failed(
      Exception trouble, CommandLine command, CommandLine.ParseResult ignored) {
    return Failing.tell(trouble, command.getErr());
  }
}
