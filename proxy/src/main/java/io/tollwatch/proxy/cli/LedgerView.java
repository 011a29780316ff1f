package io.tollwatch.proxy.cli;

import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Shows how the ledger is: what was recorded, what was not, how far the store is behind the
/// journal, what they take on the disk, and what is wrong.
record LedgerView(Paint paint, PrintWriter out) {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  void show(JsonNode ledger) {
    JsonNode journal = ledger.path("journal");
    JsonNode store = ledger.path("store");
    out.printf(
        "ledger %s: %s in doubt, %s not kept%n",
        Printable.line(ledger.path("folder").asString()),
        count(ledger.path("in_doubt").asLong()),
        count(ledger.path("not_kept").asLong()));
    out.printf(
        "  %-14s %s of at most %s, %s free on its disk%n",
        "journal",
        size(journal.path("bytes").asLong()),
        size(journal.path("max_bytes").asLong()),
        size(journal.path("disk_free_bytes").asLong()));
    trouble(journal);
    damages(journal.path("damages").asLong(), journal.path("last_damage").asString());
    out.printf(
        "  %-14s %s%s, %s fed, %s%n",
        "store",
        Printable.line(store.path("kind").asString()),
        store.path("bytes").asLong() < 0 ? "" : ", " + size(store.path("bytes").asLong()),
        Count.of(ledger.path("written").asLong(), "exchange"),
        lag(journal));
    trouble(store);
    leftOut(ledger.path("left_out").asLong(), ledger.path("last_problem").asString());
  }

  private String lag(JsonNode journal) {
    long bytes = journal.path("lag_bytes").asLong();
    double seconds = journal.path("lag_seconds").asDouble();
    String behind =
        String.format(Locale.ROOT, "%s (%.1f s) behind the journal", size(bytes), seconds);
    return seconds < 5 ? "up to date" : paint.bad(behind);
  }

  private void trouble(JsonNode of) {
    String trouble = of.path("trouble").asString();
    if (!trouble.isEmpty()) {
      String since = of.path("trouble_since").asString();
      out.println(paint.bad("    trouble since %s: %s".formatted(since, Printable.line(trouble))));
    }
  }

  private void damages(long damages, String last) {
    if (damages > 0) {
      out.println(
          paint.bad(
              "    %d places can't be read, the last: %s"
                  .formatted(damages, Printable.line(last))));
    }
  }

  private void leftOut(long leftOut, String lastProblem) {
    if (leftOut > 0) {
      out.println(paint.bad("    %d records of the journal can't be fed".formatted(leftOut)));
    }
    if (!lastProblem.isEmpty()) {
      out.println("    last problem: " + Printable.line(lastProblem));
    }
  }

  private String count(long count) {
    if (count < 0) {
      return paint.bad("unknown");
    }
    return count == 0 ? "0" : paint.bad(Long.toString(count));
  }

  /// Bytes as people read them, such as `1.5 GiB`.
  static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }
}
