package io.tollwatch.proxy.cli;

import static java.util.stream.Collectors.joining;

import io.tollwatch.proxy.judging.Judged;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Trail;
import io.tollwatch.verdict.Verdict;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Shows verdicts with the trail of how they were found, and sums them up. Confined to one command.
final class JudgedView {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Paint paint;
  private final boolean json;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Map<Money, Integer> byMoney = new EnumMap<>(Money.class);
  private int elsewhere;
  private int failed;

  /// @param err where what can't be judged is reported
  JudgedView(Paint paint, boolean json, PrintWriter out, PrintWriter err) {
    this.paint = paint;
    this.json = json;
    this.out = out;
    this.err = err;
  }

  void show(Judged judged) {
    switch (judged) {
      case Judged.Not(String place, String reason) -> {
        failed++;
        err.println("tollwatch: " + Printable.line(place + ": " + reason));
      }
      case Judged.Elsewhere _ -> elsewhere++;
      case Judged.Answer answer -> {
        byMoney.merge(answer.verdict().money(), 1, Integer::sum);
        if (json) {
          out.println(Printable.line(JSON.writeValueAsString(document(answer))));
        } else {
          text(answer);
        }
      }
    }
  }

  boolean allJudged() {
    return failed == 0;
  }

  /// For people only; machines count themselves.
  void totals() {
    if (json) {
      return;
    }
    int judged = byMoney.values().stream().mapToInt(Integer::intValue).sum();
    String sums =
        byMoney.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey().word())
            .collect(joining(", "));
    out.println(
        "%d judged%s%s%s"
            .formatted(
                judged,
                sums.isEmpty() ? "" : ": " + sums,
                elsewhere == 0
                    ? ""
                    : "; %d of hosts that no provider is known for".formatted(elsewhere),
                failed == 0 ? "" : "; %d could not be judged".formatted(failed)));
  }

  private void text(Judged.Answer answer) {
    Verdict verdict = answer.verdict();
    out.println(
        "%s  %s  %s -> %s"
            .formatted(
                paint.bold(Printable.line(answer.place())),
                answer.gateway(),
                Printable.line(answer.request().orElse("(a payment)")),
                answer.status().map(String::valueOf).orElse("no answer")));
    out.println(
        "  %s: %s"
            .formatted(
                paint.money(verdict.money(), verdict.money().word()),
                Meanings.of(verdict.money())));
    out.println(
        "  %s, fault: %s, to do: %s"
            .formatted(
                paint.bold(verdict.category().word()),
                verdict.fault().word(),
                verdict.action().word()));
    line("code", verdict.gateway().code());
    line("message", verdict.gateway().message());
    line("gateway id", verdict.gateway().requestId());
    Trail trail = verdict.trail();
    line(
        "rule",
        Optional.of(
            verdict.rule()
                + trail.at().map(at -> ", " + at).orElse("")
                + (trail.byUser() ? ", your own" : "")
                + ", judged by "
                + verdict.judgedBy()));
    line("instead of", trail.overruled());
    line("final", trail.finalSource());
    line("stop", trail.stop().map(at -> at + " says not to try it again anywhere"));
    line(
        "unmapped",
        trail
            .unmapped()
            .map(code -> code + ": " + trail.unmappedAt().orElse("no table") + " lacks it"));
    if (trail.amountDiffers()) {
      line("amount", Optional.of("another amount or currency than was asked"));
    }
    out.println();
  }

  private void line(String name, Optional<String> value) {
    value.ifPresent(
        text -> out.println(paint.faint("    %-11s".formatted(name)) + Printable.line(text)));
  }

  private static Map<String, Object> document(Judged.Answer answer) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("place", answer.place());
    document.put("gateway", answer.gateway());
    answer.request().ifPresent(request -> document.put("request", request));
    document.put("operation", answer.operation().word());
    answer.status().ifPresent(status -> document.put("status", status));
    document.putAll(VerdictJson.of(answer.verdict()));
    return document;
  }
}
