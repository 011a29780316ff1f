package io.tollwatch.proxy.cli;

import io.tollwatch.attempt.Fields;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Trail;
import io.tollwatch.verdict.Verdict;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Shows one exchange whole. Immutable.
record ExchangeView(Terminal terminal, ZoneId zone) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS xxx", Locale.ROOT);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  void show(Exchange exchange, PrintWriter out) {
    Paint paint = terminal.paint();
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
      outcome(exchange.intent(), exchange.outcome().get(), out);
    }
    exchange.resolutions().forEach(each -> resolution(each, out));
    message("request", intent.fields(), intent.body(), out);
    exchange
        .outcome()
        .flatMap(Outcome::answer)
        .ifPresent(
            answer -> message("answer " + answer.status(), answer.fields(), answer.body(), out));
  }

  private void resolution(Resolution resolution, PrintWriter out) {
    out.println();
    out.printf(
        "later: %s by %s, %s: %s%n",
        terminal.paint().money(resolution.money(), resolution.money().word()),
        resolution.by().word(),
        TIME.format(resolution.at().atZone(zone)),
        Printable.line(resolution.reason()));
    line(out, "said by", resolution.who().orElse(""));
    line(out, "evidence", resolution.evidence().orElse(""));
  }

  private void correlation(Intent intent, PrintWriter out) {
    line(out, "reference", intent.correlation().reference().orElse(""));
    line(out, "request id", intent.correlation().requestId().orElse(""));
    line(out, "trace", intent.correlation().traceparent());
    line(out, "repeats", intent.repeatOf().orElse(""));
    line(
        out,
        "duplicate?",
        intent
            .duplicateOf()
            .map(earlier -> "same reference and amount as " + earlier + ", with another key")
            .orElse(""));
  }

  private void outcome(Intent intent, Outcome outcome, PrintWriter out) {
    Paint paint = terminal.paint();
    Verdict verdict = outcome.verdict();
    out.println();
    out.printf(
        "%s: %s%n",
        paint.money(verdict.money(), verdict.money().word()), meaning(intent, verdict.money()));
    out.printf(
        "%s, fault: %s, to do: %s%n",
        paint.bold(verdict.category().word()), verdict.fault().word(), verdict.action().word());
    line(out, "progress", outcome.progress().word());
    line(out, "broke", outcome.broken().map(broken -> broke(broken, outcome)).orElse(""));
    line(out, "status", outcome.answer().map(Answer::status).map(String::valueOf).orElse(""));
    line(out, "code", verdict.gateway().code().orElse(""));
    line(out, "message", verdict.gateway().message().orElse(""));
    line(out, "gateway id", verdict.gateway().requestId().orElse(""));
    line(out, "caller", caller(outcome));
    line(out, "rule", rule(verdict));
    trail(verdict.trail(), out);
    line(out, "connection", connection(outcome));
    out.println();
    new Waterfall(terminal)
        .lines(outcome.timings(), outcome.broken().map(Break::phase))
        .forEach(out::println);
  }

  private static String rule(Verdict verdict) {
    Trail trail = verdict.trail();
    return verdict.rule()
        + trail.at().map(at -> ", " + at).orElse("")
        + (trail.byUser() ? ", your own" : "")
        + ", judged by "
        + verdict.judgedBy();
  }

  private void trail(Trail trail, PrintWriter out) {
    line(out, "instead of", trail.overruled().orElse(""));
    line(
        out,
        "unmapped",
        trail
            .unmapped()
            .map(code -> code + ": " + trail.unmappedAt().orElse("no table") + " lacks it")
            .orElse(""));
    line(out, "amount", trail.amountDiffers() ? "another amount or currency than was asked" : "");
  }

  private static String meaning(Intent intent, Money money) {
    String payment = intent.operation() == Operation.PAY ? "the payment" : "it";
    return switch (money) {
      case NONE -> "this call moves no money";
      case NOT_SENT -> "nothing reached the provider";
      case REJECTED -> "the provider did not do it";
      case IN_DOUBT ->
          payment + " may have been done: find out before anything is sent elsewhere or anew";
      case PENDING -> payment + " was accepted; the result comes later";
      case SUCCEEDED -> payment + " was done";
    };
  }

  private static String caller(Outcome outcome) {
    if (outcome.clientGone()) {
      return "went away before it had its answer";
    }
    return outcome.clientStatus() == 0 ? "" : "got " + outcome.clientStatus();
  }

  private static String broke(Break broken, Outcome outcome) {
    String after =
        outcome
            .timings()
            .duration(broken.phase())
            .map(spent -> " after %.1f ms".formatted(spent.toNanos() / 1e6))
            .orElse("");
    return "%s in %s%s: %s"
        .formatted(broken.breakage().word(), broken.phase().word(), after, broken.detail());
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

  /// JSON on lines of its own, where it is whole; all else as it is.
  private static String laidOut(KeptBody body) {
    if (body.state() == KeptBody.State.WHOLE && body.text().startsWith("{")) {
      try {
        return JSON.readTree(body.text()).toPrettyString();
      } catch (JacksonException e) {
        return body.text();
      }
    }
    return body.text();
  }

  private void message(String title, Fields fields, KeptBody body, PrintWriter out) {
    Paint paint = terminal.paint();
    out.println();
    out.println(paint.bold(title));
    fields.forEach(field ->
        out.println(
            "  "
                + paint.faint(Printable.line(field.name()) + ": ")
                + Printable.line(field.value())));
    if (!body.text().isEmpty()) {
      out.println();
      Printable.of(laidOut(body)).lines().forEach(text -> out.println("  " + text));
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
      out.println(terminal.paint().faint("  %-11s".formatted(name)) + Printable.line(value));
    }
  }
}
