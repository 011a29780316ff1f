package io.tollwatch.proxy.cli;

import io.tollwatch.proxy.cli.OrderOptions.Folder;
import io.tollwatch.proxy.cli.OrderOptions.Giver;
import io.tollwatch.proxy.cli.OrderOptions.Span;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Lists the channels of a running sidecar, and gives orders to their providers.
@Command(
    name = "channels",
    mixinStandardHelpOptions = true,
    header = "List channels, drain one of their providers or make it a canary.",
    description = {
      "",
      "A provider that is drained gets no new payments; what follows up a payment that it took"
          + " still goes there. A canary gets a share of traffic, which grows by itself while it does"
          + " no worse than the others, and shrinks when it does worse.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch channels card",
      "  tollwatch channels drain card adyen --reason \"contract ends\" --for 7d",
      "  tollwatch channels canary card stripe-us --reason \"new account\" --for 3d",
      "  tollwatch channels release card adyen --reason \"stays\"",
      "",
      "Exit codes: 0 fine, 1 failed, 2 usage."
    })
final class ChannelsCommand implements Callable<Integer> {

  /// What an order is about.
  static final class Wish {

    @Mixin private Giver giver = new Giver();

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "Its name.")
    private String channel = "";

    @Parameters(index = "1", paramLabel = "PROVIDER", description = "One of its providers.")
    private String provider = "";

    Map<String, Object> body() {
      Map<String, Object> body = giver.body();
      body.put("channel", channel);
      body.put("provider", provider);
      return body;
    }
  }

  @Mixin private Folder folder = new Folder();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "A channel; without it, all of them.")
  private @Nullable String name;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    return show(Asked.body(folder.sidecar().get("/api/channels")), folder);
  }

  @Command(
      name = "drain",
      mixinStandardHelpOptions = true,
      header = "Give a provider no new payments, for a time.")
  int drain(@Mixin Wish wish, @Mixin Span span) throws UsageException, CommandFailed {
    return order("drain", wish, span);
  }

  @Command(
      name = "canary",
      mixinStandardHelpOptions = true,
      header = "Give a provider a share of traffic that grows by itself, for a time.")
  int canary(@Mixin Wish wish, @Mixin Span span) throws UsageException, CommandFailed {
    return order("canary", wish, span);
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
    return show(Asked.body(sidecar.post("/api/channels/" + action, body)), wish.giver.folder());
  }

  private int show(JsonNode answer, Folder asked) throws UsageException {
    List<JsonNode> channels =
        answer
            .path("channels")
            .valueStream()
            .filter(each -> name == null || each.path("name").asString().equals(name))
            .toList();
    if (name != null && channels.isEmpty()) {
      throw new UsageException("no channel is named '" + name + "'");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (asked.json()) {
      ObjectNode shown = JsonNodeFactory.instance.objectNode();
      shown.putArray("channels").addAll(channels);
      out.println(shown.toPrettyString());
    } else {
      new ChannelTable(Terminal.current().paint(), out).show(channels);
    }
    return 0;
  }
}
