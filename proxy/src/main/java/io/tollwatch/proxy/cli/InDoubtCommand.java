package io.tollwatch.proxy.cli;

import io.tollwatch.proxy.cli.OrderOptions.Folder;
import io.tollwatch.proxy.cli.OrderOptions.Giver;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Payments of which it is not known whether they were taken.
@Command(
    name = "in-doubt",
    mixinStandardHelpOptions = true,
    subcommands = {
      InDoubtCommand.ListCommand.class,
      InDoubtCommand.ShowCommand.class,
      InDoubtCommand.ResolveCommand.class
    },
    header = "List, show and resolve payments in doubt.",
    description = {
      "",
      "A payment in doubt may have been taken. It stays so until something proves what became of it,"
          + " or somebody says so. Asks the sidecar that owns the data folder.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch in-doubt list",
      "  tollwatch in-doubt list --json | jq .totals",
      "  tollwatch in-doubt show 01KAQ3T7Z5",
      "  tollwatch in-doubt resolve 01KAQ3T7Z5 --money not_taken --reason 'not there'",
      "",
      "Exit codes: 0 fine, 1 failed or no such payment, 2 usage."
    })
final class InDoubtCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }

  private static String id(String given) throws UsageException {
    if (!given.matches("[0-9A-Za-z]{8,26}")) {
      throw new UsageException("an id has 26 letters and digits; at least 8 of them are needed");
    }
    return given;
  }

  private static JsonNode found(AdminClient.Answer answer, String id)
      throws UsageException, CommandFailed {
    if (answer instanceof AdminClient.Answer.Missing) {
      throw new CommandFailed("there is no one exchange whose id begins with " + id);
    }
    return Asked.body(answer);
  }

  /// Lists what is open.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "List payments in doubt, the oldest first, with totals.")
  static final class ListCommand implements Callable<Integer> {

    @Mixin private Folder folder = new Folder();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws UsageException, CommandFailed {
      JsonNode answer = Asked.body(folder.sidecar().get("/api/in-doubt"));
      PrintWriter out = spec.commandLine().getOut();
      if (folder.json()) {
        out.println(Printable.of(answer.toPrettyString()));
      } else {
        new InDoubtView(Terminal.current().paint(), out).list(answer);
      }
      return 0;
    }
  }

  /// Shows one payment.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Show one payment: how it can be settled, and its exchange.")
  static final class ShowCommand implements Callable<Integer> {

    @Parameters(
        paramLabel = "ID",
        description = "The exchange's id, or at least the first 8 characters of it.")
    private String id = "";

    @Mixin private Folder folder = new Folder();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws UsageException, CommandFailed {
      JsonNode answer = found(folder.sidecar().get("/api/in-doubt/" + id(id)), id);
      PrintWriter out = spec.commandLine().getOut();
      if (folder.json()) {
        out.println(Printable.of(answer.toPrettyString()));
      } else {
        new InDoubtView(Terminal.current().paint(), out)
            .show(answer, Terminal.current(), ZoneId.systemDefault());
      }
      return 0;
    }
  }

  /// Says what a payment came to.
  @Command(
      name = "resolve",
      mixinStandardHelpOptions = true,
      header = "Say what a payment came to.",
      description = {
        "",
        "It is kept with the exchange: what, why, who and when. Say under --reason how you know, up"
            + " to 500 characters; card numbers in it are masked. Said again, the last word counts."
            + " Nothing is sent to the gateway."
      })
  static final class ResolveCommand implements Callable<Integer> {

    @Parameters(
        paramLabel = "ID",
        description = "The exchange's id, or at least the first 8 characters of it.")
    private String id = "";

    @Option(
        names = "--money",
        required = true,
        paramLabel = "WORD",
        description = "What it came to: succeeded or not_taken.")
    private String money = "";

    @Mixin private Giver giver = new Giver();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws UsageException, CommandFailed {
      if (!money.equals("succeeded") && !money.equals("not_taken")) {
        throw new UsageException("--money must be succeeded or not_taken");
      }
      Map<String, Object> said = giver.body();
      said.put("money", money);
      JsonNode answer =
          found(giver.folder().sidecar().post("/api/in-doubt/" + id(id) + "/resolve", said), id);
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          giver.folder().json()
              ? Printable.of(answer.toPrettyString())
              : "resolved: %s %s"
                  .formatted(answer.path("resolution").path("exchange").asString(), money));
      return 0;
    }
  }
}
