package io.tollwatch.proxy.cli;

import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Prints how scheduled checks stand, a line each. Confined to one command.
final class CheckTable {

  private static final String LINE = "%-28s %-14s %-8s %-20s %-20s %-22s %s%n";

  private final Paint paint;
  private final PrintWriter out;

  CheckTable(Paint paint, PrintWriter out) {
    this.paint = paint;
    this.out = out;
  }

  /// All of what `/api/checks` answered.
  void show(JsonNode answer) {
    showTrouble(answer);
    List<JsonNode> checks = answer.path("checks").valueStream().toList();
    if (checks.isEmpty()) {
      out.println("no check is scheduled");
      return;
    }
    out.printf(LINE, "check", "at", "state", "since", "next run", "last runs", "");
    checks.forEach(this::line);
  }

  /// What keeps checks from being run, whose trouble it is.
  void showTrouble(JsonNode answer) {
    String trouble = answer.path("trouble").asString();
    if (!trouble.isEmpty()) {
      out.println(paint.bad(Printable.line(trouble)));
    }
    answer
        .path("us_or_them")
        .forEach(each -> out.println(paint.bad(Printable.line(each.path("sentence").asString()))));
  }

  private void line(JsonNode check) {
    out.printf(
        LINE,
        Printable.line(check.path("name").asString()),
        Printable.line(at(check)),
        check.path("paused_by").asString().isEmpty() ? check.path("state").asString() : "paused",
        BreakerTable.seconds(check.path("since").asString()),
        check.path("under_way").asBoolean() ? "now" : next(check),
        check.path("recent").asString(),
        Printable.line(remark(check)));
  }

  private static String at(JsonNode check) {
    String provider = check.path("provider").asString();
    return provider.isEmpty() ? "channel " + check.path("channel").asString() : provider;
  }

  private static String next(JsonNode check) {
    return BreakerTable.seconds(check.path("next_run").asString());
  }

  private static String remark(JsonNode check) {
    String paused = check.path("paused").asString();
    if (!paused.isEmpty()) {
      return paused + " (" + check.path("paused_by").asString() + ")";
    }
    JsonNode last = check.path("last_run");
    String failed =
        last.path("reason").asString().isEmpty()
            ? ""
            : last.path("failed_step").asString() + ": " + last.path("reason").asString();
    long missed = check.path("missed").asLong();
    String told = missed == 0 ? "" : Count.of(missed, "run") + " missed";
    return failed.isEmpty() || told.isEmpty() ? failed + told : failed + "; " + told;
  }
}
