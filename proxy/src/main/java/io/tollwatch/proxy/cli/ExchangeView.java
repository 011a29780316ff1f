package io.tollwatch.proxy.cli;

import io.tollwatch.attempt.Fields;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.verdict.Verdict;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Shows one exchange whole. Immutable.
record ExchangeView(Paint paint, ZoneId zone) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS xxx", Locale.ROOT);

  void show(Exchange exchange, PrintWriter out) {
    Intent intent = exchange.intent();
    out.println(paint.bold(intent.id()) + "  " + TIME.format(intent.startedAt().atZone(zone)));
    out.printf(
        "%s %s  to %s (%s), %s, %s%n",
        paint.bold(Printable.line(intent.method())),
        paint.bold(Printable.line(intent.target())),
        intent.provider(),
        "profile " + intent.profile(),
        intent.operation().word() + (intent.movesMoney() ? ", moves money" : ""),
        intent.origin().word());
    correlation(intent, out);
    if (exchange.outcome().isEmpty()) {
      out.println(paint.warn("under way"));
    } else {
      outcome(exchange.outcome().get(), out);
    }
    message("request", intent.fields(), intent.body(), out);
    exchange
        .outcome()
        .flatMap(Outcome::answer)
        .ifPresent(
            answer -> message("answer " + answer.status(), answer.fields(), answer.body(), out));
  }

  private void correlation(Intent intent, PrintWriter out) {
    line(out, "reference", intent.correlation().reference().orElse(""));
    line(out, "request id", intent.correlation().requestId().orElse(""));
    line(out, "trace", intent.correlation().traceparent());
    line(out, "repeats", intent.repeatOf().orElse(""));
  }

  private void outcome(Outcome outcome, PrintWriter out) {
    Verdict verdict = outcome.verdict();
    out.println();
    out.printf(
        "money %s   category %s   fault %s   action %s%n",
        paint.money(verdict.money(), verdict.money().word()),
        paint.bold(verdict.category().word()),
        verdict.fault().word(),
        verdict.action().word());
    line(out, "progress", outcome.progress().word());
    line(out, "broke", outcome.broken().map(ExchangeView::broke).orElse(""));
    line(out, "status", outcome.answer().map(Answer::status).map(String::valueOf).orElse(""));
    line(out, "code", verdict.gateway().code().orElse(""));
    line(out, "message", verdict.gateway().message().orElse(""));
    line(out, "gateway id", verdict.gateway().requestId().orElse(""));
    line(out, "rule", verdict.rule() + ", judged by " + verdict.judgedBy());
    line(out, "connection", connection(outcome));
    out.println();
    new Waterfall(paint)
        .lines(outcome.timings(), outcome.broken().map(Break::phase))
        .forEach(out::println);
  }

  private static String broke(Break broken) {
    return "%s in %s: %s"
        .formatted(broken.breakage().word(), broken.phase().word(), broken.detail());
  }

  private static String connection(Outcome outcome) {
    return outcome
        .connection()
        .remoteAddress()
        .map(address -> address + (outcome.connection().reused() ? ", reused" : ", new"))
        .map(text ->
            outcome
                .connection()
                .tls()
                .map(tls ->
                    "%s, %s %s, certificate until %s"
                        .formatted(text, tls.version(), tls.cipher(), tls.certificateExpires()))
                .orElse(text))
        .orElse("");
  }

  private void message(String title, Fields fields, KeptBody body, PrintWriter out) {
    out.println();
    out.println(paint.bold(title));
    fields.forEach(field ->
        out.println(
            "  "
                + paint.faint(Printable.line(field.name()) + ": ")
                + Printable.line(field.value())));
    if (!body.text().isEmpty()) {
      out.println();
      Printable.of(body.text()).lines().forEach(text -> out.println("  " + text));
    }
    if (body.state() != KeptBody.State.WHOLE) {
      out.println(
          paint.faint(
              "  (%d bytes, %s)"
                  .formatted(body.totalBytes(), body.state().name().toLowerCase(Locale.ROOT))));
    }
  }

  private void line(PrintWriter out, String name, String value) {
    if (!value.isEmpty()) {
      out.println(paint.faint("  %-11s".formatted(name)) + Printable.line(value));
    }
  }
}
