package io.tollwatch.proxy.cli;

import io.tollwatch.proxy.cli.OrderOptions.Folder;
import io.tollwatch.proxy.cli.OrderOptions.Giver;
import io.tollwatch.proxy.cli.OrderOptions.Span;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Lists the breakers of a running sidecar, and gives them orders.
@Command(
    name = "breakers",
    mixinStandardHelpOptions = true,
    header = "List breakers, or force them open, closed or to observe only.",
    description = {
      "",
      "A breaker belongs to one operation at one provider, or to one card brand, wallet or bank of"
          + " it. While it is open, calls through channels go elsewhere; a call that names its"
          + " provider goes there in any case.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch breakers",
      "  tollwatch breakers open stripe pay --reason \"maintenance\" --for 30m",
      "  tollwatch breakers observe adyen --reason \"new acquirer\" --for 7d",
      "  tollwatch breakers release stripe pay --reason \"done\"",
      "",
      "Exit codes: 0 fine, 1 failed, 2 usage."
    })
final class BreakersCommand implements Callable<Integer> {

  /// What an order is about.
  static final class Wish {
    @Mixin private Giver giver = new Giver();

    @Parameters(index = "0", paramLabel = "PROVIDER", description = "Its name.")
    private String provider = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "OPERATION",
        description = "pay, capture, refund, void, query or other; without it, all of them.")
    private @Nullable String operation;

    Map<String, Object> body() {
      Map<String, Object> body = giver.body();
      body.put("provider", provider);
      if (operation != null) {
        body.put("operation", operation);
      }
      return body;
    }
  }

  @Mixin private Folder folder = new Folder();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    return show(Asked.body(folder.sidecar().get("/api/breakers")), folder);
  }

  @Command(
      name = "open",
      mixinStandardHelpOptions = true,
      header = "Let no call through, for a time.")
  int open(@Mixin Wish wish, @Mixin Span span) throws UsageException, CommandFailed {
    return order("open", wish, span);
  }

  @Command(
      name = "close",
      mixinStandardHelpOptions = true,
      header = "Let all calls through, whatever comes of them, for a time.")
  int close(@Mixin Wish wish, @Mixin Span span) throws UsageException, CommandFailed {
    return order("close", wish, span);
  }

  @Command(
      name = "observe",
      mixinStandardHelpOptions = true,
      header = "Let all calls through and only tell when it would open, for a time.")
  int observe(@Mixin Wish wish, @Mixin Span span) throws UsageException, CommandFailed {
    return order("observe", wish, span);
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      header = "End an order before its time.")
  int release(@Mixin Wish wish) throws UsageException, CommandFailed {
    return send("release", wish, wish.body());
  }

  private int order(String action, Wish wish, Span span) throws UsageException, CommandFailed {
    Map<String, Object> body = wish.body();
    body.put("for", span.time());
    return send(action, wish, body);
  }

  private int send(String action, Wish wish, Map<String, Object> body)
      throws UsageException, CommandFailed {
    AdminClient sidecar = wish.giver.folder().sidecar();
    return show(Asked.body(sidecar.post("/api/breakers/" + action, body)), wish.giver.folder());
  }

  private int show(JsonNode answer, Folder asked) {
    PrintWriter out = spec.commandLine().getOut();
    if (asked.json()) {
      out.println(answer.toPrettyString());
    } else {
      new BreakerTable(Terminal.current().paint(), out).show(answer);
    }
    return 0;
  }
}
