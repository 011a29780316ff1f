package io.tollwatch.proxy.cli;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/// Prints how the providers of channels stand, a line each. Confined to one command.
final class ChannelTable {

  private static final String LINE = "%-28s %-12s %-20s %-20s %s%n";

  private final Paint paint;
  private final PrintWriter out;

  ChannelTable(Paint paint, PrintWriter out) {
    this.paint = paint;
    this.out = out;
  }

  void show(Iterable<JsonNode> channels) {
    boolean some = false;
    for (JsonNode channel : channels) {
      if (!some) {
        out.printf(LINE, "channel, provider", "state", "since", "until", "reason");
      }
      some = true;
      String name = channel.path("name").asString();
      channel.path("providers").forEach(each -> line(name, each));
    }
    if (!some) {
      out.println("no channel is configured");
    }
  }

  private void line(String channel, JsonNode member) {
    String who = member.path("who").asString();
    String reason = member.path("reason").asString() + (who.isEmpty() ? "" : " (" + who + ")");
    String maintenance = member.path("maintenance").asString();
    out.printf(
        LINE,
        Printable.line(channel + " " + member.path("provider").asString()),
        state(member),
        BreakerTable.seconds(member.path("since").asString()),
        BreakerTable.seconds(member.path("until").asString()),
        maintenance.isEmpty() ? Printable.line(reason) : paint.bad(Printable.line(maintenance)));
  }

  private static String state(JsonNode member) {
    String state = member.path("state").asString();
    return state.equals("canary") ? state + " " + member.path("share").asInt() + "%" : state;
  }
}
