package io.tollwatch.proxy.cli;

import io.tollwatch.proxy.SystemTime;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Shows how a running sidecar is.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    header = "Show how the running sidecar is: listeners, providers, ledger.",
    description = {
      "",
      "Asks the sidecar that owns the data folder, through its admin listener. Ready means that it"
          + " takes calls; what keeps the ledger from being written is said beside that.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch status --data /var/lib/tollwatch",
      "  tollwatch status --json | jq .ledger.in_doubt",
      "",
      "Exit codes: 0 it runs and is ready, 1 it does not or is not, 2 usage."
    })
final class StatusCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the ledger (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("tollwatch-data");

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    AdminClient sidecar = new Asked(data, SystemTime.real().wall()).sidecar();
    JsonNode status = Asked.body(sidecar.get("/api/status"));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(status.toPrettyString());
    } else {
      show(status, out);
    }
    return status.path("ready").asBoolean() ? 0 : 1;
  }

  private static void show(JsonNode status, PrintWriter out) {
    Paint paint = Terminal.current().paint();
    boolean ready = status.path("ready").asBoolean();
    out.printf(
        "%s, %s since %s, %d calls under way%n",
        ready ? paint.good("ready") : paint.bad("not ready: draining"),
        "tollwatch " + status.path("version").asString(),
        status.path("started_at").asString(),
        status.path("running").asInt());
    status
        .path("listeners")
        .properties()
        .forEach(l -> out.printf("  %-14s %s%n", l.getKey(), l.getValue().asString()));
    new BreakerTable(paint, out).showTrouble(status);
    checks(status.path("checks"), paint, out);
    new LedgerView(paint, out).show(status.path("ledger"));
    out.println("providers");
    int width =
        status
            .path("providers")
            .valueStream()
            .mapToInt(provider -> provider.path("name").asString().length())
            .max()
            .orElse(1);
    for (JsonNode provider : status.path("providers")) {
      out.printf(
          "  %-" + width + "s  %-10s %s%n",
          provider.path("name").asString(),
          provider.path("profile").asString(),
          provider.path("url").asString());
    }
    channels(status.path("channels"), out);
  }

  private static void checks(JsonNode checks, Paint paint, PrintWriter out) {
    int scheduled = checks.path("scheduled").asInt();
    String trouble = checks.path("trouble").asString();
    if (!trouble.isEmpty()) {
      out.println(paint.bad(Printable.line(trouble)));
    }
    checks
        .path("us_or_them")
        .forEach(each -> out.println(paint.bad(Printable.line(each.asString()))));
    if (scheduled > 0) {
      int notUp = checks.path("not_up").size();
      String missed =
          checks.path("missed").asLong() == 0
              ? ""
              : ", " + Count.of(checks.path("missed").asLong(), "run") + " missed";
      out.printf("%s, %d up%s%n", Count.of(scheduled, "check"), scheduled - notUp, missed);
    }
    int leaks = checks.path("leaks").asInt();
    if (leaks > 0) {
      out.println(
          paint.bad(Count.of(leaks, "payment") + " of checks leaked: tollwatch checks leaks"));
    }
    for (JsonNode check : checks.path("not_up")) {
      out.printf(
          "  %s is %s since %s: %s%n",
          Printable.line(check.path("name").asString()),
          check.path("state").asString(),
          BreakerTable.seconds(check.path("since").asString()),
          Printable.line(check.path("last_run").path("reason").asString()));
    }
  }

  private static void channels(JsonNode channels, PrintWriter out) {
    if (!channels.isEmpty()) {
      out.println("channels");
    }
    for (JsonNode channel : channels) {
      List<String> providers =
          channel.path("providers").valueStream().map(JsonNode::asString).toList();
      out.printf(
          "  %s  %s: %s%s%s%n",
          channel.path("name").asString(),
          channel.path("strategy").asString(),
          String.join(", ", providers),
          channel.path("sharing").asString().equals("first_only")
              ? " (only the first: several sidecars serve it, and they share no ledger)"
              : "",
          channel.path("ready").asBoolean() ? "" : " (not ready: reads which payments stand)");
    }
  }
}
