package io.tollwatch.proxy.cli;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.StepResult;
import io.tollwatch.checks.script.Finding;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.TestMoney;
import java.util.LinkedHashMap;
import java.util.Map;

/// A run of a check for machines, in the design's words. Stateless.
final class RunJson {

  private RunJson() {}

  static Map<String, Object> of(CheckRun run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("check", run.check());
    json.put(run.to().key(), run.to().name());
    json.put("planned", run.planned().toString());
    json.put("began", run.began().toString());
    json.put("took_ms", run.took().toNanos() / 1e6);
    json.put("passed", run.passed());
    json.put("steps", run.steps().stream().map(RunJson::of).toList());
    json.put("clean_up", run.cleanUp().stream().map(RunJson::of).toList());
    json.put("left_behind", run.out().stream().map(RunJson::of).toList());
    return json;
  }

  private static Map<String, Object> of(StepResult step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step.name());
    json.put("state", step.state().word());
    step.reason().ifPresent(reason -> json.put("reason", reason));
    step.intent()
        .ifPresent(intent -> {
          json.put("exchange", intent.id());
          json.put("provider", intent.provider());
          json.put("method", intent.method());
          json.put("target", intent.target());
          json.put("operation", intent.operation().word());
        });
    step.outcome().ifPresent(outcome -> outcome(outcome, json));
    json.put("expected", step.findings().stream().map(RunJson::of).toList());
    json.put("captured", step.captures());
    return json;
  }

  private static void outcome(Outcome outcome, Map<String, Object> json) {
    outcome.answer().ifPresent(answer -> json.put("status", answer.status()));
    outcome.broken().ifPresent(broke -> json.put("broken", broke.breakage().word()));
    Map<String, Object> phases = new LinkedHashMap<>();
    outcome
        .timings()
        .spans()
        .forEach(span -> phases.put(span.phase().word() + "_ms", span.nanos() / 1e6));
    phases.put("total_ms", outcome.timings().totalNanos() / 1e6);
    json.put("phases", phases);
    outcome
        .connection()
        .tls()
        .ifPresent(tls -> json.put("tls_expires", tls.certificateExpires().toString()));
    json.put("verdict", VerdictJson.of(outcome.verdict()));
  }

  private static Map<String, Object> of(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("expected", finding.expected());
    json.put("found", finding.found());
    json.put("holds", finding.holds());
    return json;
  }

  private static Map<String, Object> of(TestMoney money) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", money.id());
    json.put("step", money.step());
    json.put("opened", money.opened().toString());
    money.amountMinor().ifPresent(amount -> json.put("amount_minor", amount));
    money.currency().ifPresent(currency -> json.put("currency", currency));
    money.exchange().ifPresent(exchange -> json.put("exchange", exchange));
    json.put("tries", money.tries());
    json.put("reason", money.reason());
    return json;
  }
}
