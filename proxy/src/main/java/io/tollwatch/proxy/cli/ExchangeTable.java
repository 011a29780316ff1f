package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Draws exchanges as lines. Immutable.
record ExchangeTable(Paint paint, ZoneId zone) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSS", Locale.ROOT);

  void show(List<Exchange> exchanges, PrintWriter out) {
    if (exchanges.isEmpty()) {
      out.println("no exchange meets this");
      return;
    }
    out.println(
        paint.faint(
            "%-26s  %-18s  %-12s %-8s %4s  %-23s %-9s %10s  %s"
                .formatted(
                    "id",
                    "time",
                    "provider",
                    "does",
                    "http",
                    "category",
                    "money",
                    "ms",
                    "reference, code")));
    exchanges.forEach(exchange -> out.println(line(exchange)));
  }

  private String line(Exchange exchange) {
    Intent intent = exchange.intent();
    String start =
        "%s  %s  %-12s %-8s "
            .formatted(
                intent.id(),
                TIME.format(intent.startedAt().atZone(zone)),
                Printable.line(intent.provider()),
                intent.operation().word());
    return exchange
        .outcome()
        .map(outcome -> start + outcome(intent, outcome))
        .orElse(start + paint.warn("   -  under way"));
  }

  private String outcome(Intent intent, Outcome outcome) {
    var verdict = outcome.verdict();
    Optional<Answer> answer = outcome.answer();
    String money = paint.money(verdict.money(), "%-9s".formatted(verdict.money().word()));
    return "%4s  %-23s %s %10.1f  %s"
        .formatted(
            answer.map(a -> Integer.toString(a.status())).orElse("-"),
            verdict.category().word(),
            money,
            outcome.timings().totalNanos() / 1e6,
            Printable.line(remarks(intent, outcome)));
  }

  private static String remarks(Intent intent, Outcome outcome) {
    StringBuilder remarks = new StringBuilder(intent.correlation().reference().orElse(""));
    outcome.verdict().gateway().code().ifPresent(code -> add(remarks, code));
    outcome.broken().ifPresent(broken -> add(remarks, broken.breakage().word()));
    intent.repeatOf().ifPresent(earlier -> add(remarks, "repeat"));
    return remarks.toString();
  }

  private static void add(StringBuilder remarks, String remark) {
    remarks.append(remarks.isEmpty() ? "" : ", ").append(remark);
  }
}
