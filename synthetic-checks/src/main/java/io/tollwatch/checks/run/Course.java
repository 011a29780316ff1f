package io.tollwatch.checks.run;

import io.tollwatch.checks.hook.Mailbox;
import io.tollwatch.checks.message.Draft;
import io.tollwatch.checks.plain.Looked;
import io.tollwatch.checks.run.StepResult.State;
import io.tollwatch.checks.script.Awaited;
import io.tollwatch.checks.script.Capture;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.Finding;
import io.tollwatch.checks.script.PlainProbe;
import io.tollwatch.checks.script.RequestScript;
import io.tollwatch.checks.script.Step;
import io.tollwatch.checks.script.Takings;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.wire.CallerWatch;
import io.tollwatch.wire.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The course of one run: what is known so far, and how its steps are sent. Confined to the run.
final class Course {

  private final Check check;
  private final Gateway gateway;
  private final Bench bench;
  private final Stop stop;
  private final RunKeys keys;
  private final Scope scope;
  private final Set<String> secretsSeen = new HashSet<>();
  private Redactor redactor;
  private final Purse purse;
  private Optional<Mailbox> mailbox = Optional.empty();

  Course(Check check, Gateway gateway, Bench bench, Stop stop, RunKeys keys) {
    this.check = check;
    this.gateway = gateway;
    this.bench = bench;
    this.stop = stop;
    this.keys = keys;
    this.scope =
        new Scope(check, keys, bench.hooks().url(check.name(), keys.planned()), bench.clock());
    check.secrets().forEach(secretsSeen::add);
    this.redactor = gateway.provider().redactor().masking(secretsSeen);
    this.purse = new Purse(check, keys, bench);
  }

  Scope scope() {
    return scope;
  }

  Purse purse() {
    return purse;
  }

  RunKeys keys() {
    return keys;
  }

  Check check() {
    return check;
  }

  Bench bench() {
    return bench;
  }

  Stop stopping() {
    return stop;
  }

  /// The provider, keeping nothing of the check's secrets.
  Provider provider() {
    return gateway.provider().by(gateway.provider().line(), redactor);
  }

  /// Makes one plain probe.
  StepResult probe(PlainProbe probe, Deadline deadline) {
    Optional<String> over = over(deadline);
    if (over.isPresent()) {
      return StepResult.failed(probe.name(), over.get());
    }
    Looked looked =
        bench.probes().look(check.name(), probe, gateway.site(), deadline.atMost(probe.timeout()));
    return StepResult.looked(probe.name(), looked, redactor);
  }

  private Optional<String> over(Deadline deadline) {
    if (stop.isAsked()) {
      return Optional.of("the run was stopped");
    }
    return deadline.isOver()
        ? Optional.of("the check's " + check.timeout().toMillis() + " ms are over")
        : Optional.empty();
  }

  /// Makes one step of the script.
  StepResult step(Step step, Deadline deadline) {
    Optional<String> over = over(deadline);
    if (over.isPresent()) {
      return StepResult.failed(step.name(), over.get());
    }
    Optional<String> missing = scope.missing(step.request().names());
    if (missing.isPresent()) {
      return StepResult.failed(step.name(), "nothing was captured for {{" + missing.get() + "}}");
    }
    Draft draft;
    try {
      draft = step.request().fill(scope.of(step.name()));
    } catch (IllegalArgumentException e) {
      return StepResult.failed(step.name(), "it can't be sent: " + e.getMessage());
    }
    return sent(step, draft, deadline);
  }

  private StepResult sent(Step step, Draft draft, Deadline deadline) {
    boolean takes =
        Takings.takes(Takings.route(gateway.provider().profile(), step.request(), draft));
    if (takes) {
      String type = step.request().contentType().orElse("");
      TestMoney money =
          Takes.of(check, step, keys, scope, provider(), draft, type, bench.clock().instant());
      if (bench.register().open(money, check.cap())
          instanceof TestMoneyRegister.Opening.Refused(String reason)) {
        return StepResult.failed(step.name(), "not sent: " + reason);
      }
    }
    StepAnswer answer = send(step.request(), draft, deadline.atMost(step.timeout()), true);
    Map<String, String> captured = capture(step.captures(), answer);
    if (takes) {
      purse.settle(step.name(), answer, Takes.handles(check, scope, provider()));
    }
    List<Finding> findings = new ArrayList<>(judging(step.name()).of(step.expected(), answer));
    boolean passed = answer.message().isPresent() && Judging.hold(findings);
    if (passed && step.webhook().isPresent()) {
      findings.add(awaited(step, step.webhook().get(), deadline));
      passed = Judging.hold(findings);
    }
    if (passed && purse.isReturn(answer)) {
      step.undoes().forEach(undone -> purse.returned(undone, "given back by " + step.name()));
    }
    return result(step.name(), passed, answer, findings, captured);
  }

  private Finding awaited(Step step, Awaited awaited, Deadline deadline) {
    return new Waiting(
            mailbox.orElseThrow(),
            gateway.provider().profile(),
            judging(step.name()),
            stop,
            bench.nanos())
        .await(awaited, deadline);
  }

  /// Takes webhooks for the run from now on, if it waits for any.
  void listen() {
    if (check.awaitsWebhooks()) {
      mailbox =
          Optional.of(
              bench
                  .hooks()
                  .open(
                      check.name(),
                      keys.planned(),
                      gateway.provider().name(),
                      bench.clock().instant()));
    }
  }

  /// Takes none any more.
  void hangUp() {
    mailbox.ifPresent(Mailbox::close);
  }

  Judging judging(String step) {
    return new Judging(
        gateway.provider().profile(), redactor, scope.of(step), bench.clock().instant());
  }

  StepResult result(
      String name,
      boolean passed,
      StepAnswer answer,
      List<Finding> findings,
      Map<String, String> captured) {
    Map<String, String> shown = new HashMap<>();
    captured.forEach((key, value) -> shown.put(key, redactor.text(value)));
    return new StepResult(
        name,
        passed ? State.PASSED : State.FAILED,
        answer.intent(),
        answer.outcome(),
        findings,
        shown,
        passed ? Optional.empty() : Optional.of(why(answer, findings)));
  }

  private static String why(StepAnswer answer, List<Finding> findings) {
    if (answer.refused().isPresent()) {
      return answer.refused().get();
    }
    Optional<String> broken =
        answer
            .outcome()
            .flatMap(outcome -> outcome.broken())
            .map(broke -> broke.breakage().word() + " in " + broke.phase().word());
    return broken.orElseGet(() -> StepResult.firstOf(findings).orElse("no answer"));
  }

  /// Sends it over a connection of its own.
  ///
  /// @param cuttable whether a stop cuts it: the clean-up goes on
  StepAnswer send(RequestScript script, Draft draft, Duration limit, boolean cuttable) {
    Draft signed =
        check
            .signer()
            .map(signer ->
                signer.sign(
                    draft, bench.clock().instant(), UUID.randomUUID().toString().replace("-", "")))
            .orElse(draft);
    CallerWatch cut = cuttable ? stop.begin() : new CallerWatch();
    try (Line line = gateway.ownLine().apply(limit)) {
      return StepCall.make(
          bench.dispatcher(),
          bench.ear(),
          gateway.provider().by(line, redactor),
          signed,
          script.contentType().orElse(""),
          cut);
    } finally {
      stop.end(cut);
    }
  }

  /// Takes what a step captures, and gives it.
  Map<String, String> capture(List<Capture> captures, StepAnswer answer) {
    Map<String, String> captured = new HashMap<>();
    List<String> secrets = new ArrayList<>();
    answer
        .message()
        .ifPresent(message ->
            captures.forEach(capture ->
                capture
                    .in(message, answer.body())
                    .ifPresent(value -> {
                      captured.put(capture.name(), capture.secret() ? "***" : value);
                      scope.learn(capture.name(), value, capture.secret());
                      if (capture.secret()) {
                        secrets.add(value);
                      }
                    })));
    if (secretsSeen.addAll(secrets)) {
      redactor = gateway.provider().redactor().masking(secretsSeen);
    }
    return captured;
  }
}
