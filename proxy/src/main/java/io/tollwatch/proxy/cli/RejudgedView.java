package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.proxy.judging.Rejudging.Again;
import io.tollwatch.verdict.Verdict;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// Shows what judging again changed, and sums it up. Confined to one command.
final class RejudgedView {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final Paint paint;
  private final ZoneId zone;
  private final boolean json;
  private final PrintWriter out;
  private final Map<String, Integer> changes = new TreeMap<>();
  private final Map<String, Integer> notJudged = new TreeMap<>();
  private int same;

  RejudgedView(Paint paint, ZoneId zone, boolean json, PrintWriter out) {
    this.paint = paint;
    this.zone = zone;
    this.json = json;
    this.out = out;
  }

  void show(Exchange exchange, Again again) {
    switch (again) {
      case Again.Not(String reason) -> notJudged.merge(reason, 1, Integer::sum);
      case Again.Verdicts verdicts when !verdicts.changed() -> same++;
      case Again.Verdicts(_, Verdict was, Verdict now) -> {
        String change = words(was) + " -> " + words(now);
        changes.merge(change, 1, Integer::sum);
        if (json) {
          out.println(
              Printable.line(JSON.writeValueAsString(document(exchange, change, was, now))));
        } else {
          text(exchange, change, was, now);
        }
      }
    }
  }

  /// For people only; machines count themselves.
  ///
  /// @param kept how many verdicts were kept; empty if none was meant to be
  void totals(OptionalInt kept) {
    if (json) {
      return;
    }
    int changed = sum(changes);
    int left = sum(notJudged);
    out.println(
        "%d exchanges: %d as before, %d changed, %d not judged"
            .formatted(same + changed + left, same, changed, left));
    changes.forEach((change, count) -> out.println("  %6d  %s".formatted(count, change)));
    notJudged.forEach(
        (reason, count) -> out.println("  %6d  not judged: %s".formatted(count, reason)));
    out.println(
        kept.isPresent()
            ? "kept beside the old verdicts: %d; what is in doubt stays so"
                .formatted(kept.getAsInt())
            : "nothing was written: the ledger keeps its verdicts, and what is in doubt stays so");
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String words(Verdict verdict) {
    return verdict.category().word() + ", " + verdict.money().word();
  }

  private void text(Exchange exchange, String change, Verdict was, Verdict now) {
    out.println(
        "%s  %s  %s"
            .formatted(
                paint.bold(exchange.id()),
                TIME.format(exchange.intent().startedAt().atZone(zone)),
                Printable.line(exchange.intent().provider())));
    out.println("  " + paint.money(now.money(), change));
    out.println(
        paint.faint(
            "  %s (%s) -> %s (%s)"
                .formatted(
                    Printable.line(was.rule()),
                    was.judgedBy(),
                    Printable.line(now.rule()),
                    now.judgedBy())));
  }

  private static Map<String, Object> document(
      Exchange exchange, String change, Verdict was, Verdict now) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("exchange", exchange.id());
    document.put("started_at", exchange.intent().startedAt().toString());
    document.put("provider", exchange.intent().provider());
    document.put("change", change);
    document.put("was", VerdictJson.of(was));
    document.put("now", VerdictJson.of(now));
    return document;
  }
}
