package io.tollwatch.proxy.cli;

import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Prints how breakers stand, a line each. Confined to one command.
final class BreakerTable {

  private static final String LINE = "%-28s %-13s %-20s %-20s %s%n";

  private final Paint paint;
  private final PrintWriter out;

  BreakerTable(Paint paint, PrintWriter out) {
    this.paint = paint;
    this.out = out;
  }

  /// All of what `/api/breakers` answered.
  void show(JsonNode answer) {
    network(answer.path("own_network_fails_since").asString());
    List<JsonNode> breakers = answer.path("breakers").valueStream().toList();
    if (breakers.isEmpty()) {
      out.println("no breaker has been asked yet");
      return;
    }
    out.printf(LINE, "breaker", "state", "since", "until", "reason");
    breakers.forEach(this::line);
  }

  /// Those that are not closed, if there are any, below a heading.
  void showTrouble(JsonNode status) {
    network(status.path("own_network_fails_since").asString());
    List<JsonNode> breakers = status.path("breakers").valueStream().toList();
    if (!breakers.isEmpty()) {
      out.println("breakers that are not closed");
      breakers.forEach(each -> {
        out.print("  ");
        line(each);
      });
    }
  }

  private void network(String since) {
    if (!since.isEmpty()) {
      out.println(
          paint.bad("no provider can be reached since " + since + ": it is our own network"));
    }
  }

  private void line(JsonNode breaker) {
    String name =
        breaker.path("provider").asString()
            + " "
            + breaker.path("operation").asString()
            + (breaker.path("rail").asString().isEmpty()
                ? ""
                : " " + breaker.path("rail").asString());
    String who = breaker.path("who").asString();
    out.printf(
        LINE,
        Printable.line(name),
        state(breaker),
        seconds(breaker.path("since").asString()),
        seconds(breaker.path("until").asString()),
        Printable.line(
            breaker.path("reason").asString() + (who.isEmpty() ? "" : " (" + who + ")")));
  }

  private static String state(JsonNode breaker) {
    String state = breaker.path("state").asString();
    return state.equals("ramping") ? state + " " + breaker.path("share").asInt() + "%" : state;
  }

  static String seconds(String instant) {
    int dot = instant.indexOf('.');
    return instant.isEmpty() ? "-" : dot < 0 ? instant : instant.substring(0, dot) + "Z";
  }
}
