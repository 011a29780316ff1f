package io.tollwatch.proxy.cli;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/// Prints test money that is out, oldest first. Confined to one command.
final class LeakTable {

  private static final String LINE = "%-30s %-24s %-14s %-20s %-14s %s%n";

  private final Paint paint;
  private final PrintWriter out;

  LeakTable(Paint paint, PrintWriter out) {
    this.paint = paint;
    this.out = out;
  }

  void show(JsonNode leaks) {
    if (leaks.isEmpty()) {
      out.println("no test money is out");
      return;
    }
    out.printf(LINE, "id", "check", "provider", "since", "amount (minor)", "");
    for (JsonNode leak : leaks) {
      String amount =
          leak.path("amount_minor").asString("?") + " " + leak.path("currency").asString("");
      String reason = Printable.line(leak.path("reason").asString());
      out.printf(
          LINE,
          Printable.line(leak.path("id").asString()),
          Printable.line(leak.path("check").asString()),
          Printable.line(leak.path("provider").asString()),
          BreakerTable.seconds(leak.path("opened").asString()),
          Printable.line(amount),
          leak.path("leaked").asBoolean() ? paint.bad(reason) : reason);
    }
  }
}
