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
import io.tollwatch.dispatch.Members;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.profile.Route;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.routing.Channel;
import io.tollwatch.wire.CallerWatch;
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
  private final Reach reach;
  private final Bench bench;
  private final Stop stop;
  private final RunKeys keys;
  private final Scope scope;
  private final Set<String> secretsSeen = new HashSet<>();
  private Redactor redactor;
  private final Purse purse;
  private Optional<Mailbox> mailbox = Optional.empty();

  Course(Check check, Reach reach, Bench bench, Stop stop, RunKeys keys) {
    this.check = check;
    this.reach = reach;
    this.bench = bench;
    this.stop = stop;
    this.keys = keys;
    this.scope =
        new Scope(check, keys, bench.hooks().url(check.name(), keys.planned()), bench.clock());
    check.secrets().forEach(secretsSeen::add);
    this.redactor = reach.first().provider().redactor().masking(secretsSeen);
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

  Reach reach() {
    return reach;
  }

  /// The provider, or the channel's first choice, keeping nothing of the check's secrets.
  Provider provider() {
    Provider first = reach.first().provider();
    return first.by(first.line(), redactor);
  }

  /// Makes one plain probe.
  StepResult probe(PlainProbe probe, Deadline deadline) {
    Optional<String> over = over(deadline);
    if (over.isPresent()) {
      return StepResult.failed(probe.name(), over.get());
    }
    Looked looked =
        bench
            .probes()
            .look(check.name(), probe, reach.first().site(), deadline.atMost(probe.timeout()));
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
    Route route = Takings.route(provider().profile(), step.request(), draft);
    boolean takes = Takings.takes(route);
    if (takes) {
      String type = step.request().contentType().orElse("");
      TestMoney money =
          Takes.of(check, step, keys, scope, provider(), draft, type, bench.clock().instant());
      if (bench.register().open(money, check.cap().map(cap -> new Allowance(cap, reach.capped())))
          instanceof TestMoneyRegister.Opening.Refused(String reason)) {
        return StepResult.failed(step.name(), "not sent: " + reason);
      }
    }
    StepAnswer answer = send(step, draft, deadline.within(step.timeout()), route, takes);
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
      String provider = answer.intent().orElseThrow().provider();
      step.undoes().stream()
          .filter(undone -> purse.isAt(provider, undone))
          .forEach(undone -> purse.returned(undone, "given back by " + step.name()));
    }
    return result(step.name(), passed, answer, findings, captured);
  }

  private Finding awaited(Step step, Awaited awaited, Deadline deadline) {
    return new Waiting(
            mailbox.orElseThrow(), provider().profile(), judging(step.name()), stop, bench.nanos())
        .await(awaited, deadline);
  }

  /// Takes webhooks for the run from now on, if it waits for any.
  void listen() {
    if (check.awaitsWebhooks()) {
      mailbox =
          Optional.of(
              bench
                  .hooks()
                  .open(check.name(), keys.planned(), provider().name(), bench.clock().instant()));
    }
  }

  /// Takes none any more.
  void hangUp() {
    mailbox.ifPresent(Mailbox::close);
  }

  Judging judging(String step) {
    return new Judging(provider().profile(), redactor, scope.of(step), bench.clock().instant());
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

  /// Sends a step of the script where it goes; a stop cuts it.
  ///
  /// @param takes whether it may take money: where it is sent is written down before it is
  private StepAnswer send(Step step, Draft draft, Deadline deadline, Route route, boolean takes) {
    Optional<Gateway> taker = purse.taker().flatMap(reach::at);
    Optional<Channel> channel = reach.channel().filter(_ -> !followsUp(route) || taker.isEmpty());
    StepLines.Departure departure =
        takes && channel.isPresent()
            ? provider -> purse.sends(step.name(), provider)
            : StepLines.Departure.UNHEARD;
    CallerWatch cut = stop.begin();
    try (StepLines lines = lines(deadline, departure)) {
      StepCall.Way way =
          channel
              .<StepCall.Way>map(through -> {
                Members members = new Members(through, name -> lines.to(reach.member(name)));
                return (incoming, caller) ->
                    bench.dispatcher().dispatch(members, incoming, caller, cut);
              })
              .orElseGet(() -> {
                Provider provider = lines.to(taker.orElseGet(reach::first));
                return (incoming, caller) ->
                    bench.dispatcher().dispatch(provider, incoming, caller, cut);
              });
      return made(step.request(), draft, way, cut);
    } finally {
      stop.end(cut);
    }
  }

  /// Whether a step works on a payment that was taken before.
  private static boolean followsUp(Route route) {
    return switch (route.operation()) {
      case CAPTURE, REFUND, VOID, QUERY -> true;
      case PAY, OTHER -> false;
    };
  }

  private StepLines lines(Deadline deadline, StepLines.Departure departure) {
    return new StepLines(check.ownConnection(), redactor, deadline, departure);
  }

  /// Sends a step of the clean-up to a provider. It goes on when the run is stopped.
  StepAnswer send(Step step, Draft draft, Deadline deadline, Gateway gateway) {
    CallerWatch cut = new CallerWatch();
    try (StepLines lines = lines(deadline, StepLines.Departure.UNHEARD)) {
      Provider provider = lines.to(gateway);
      return made(
          step.request(),
          draft,
          (incoming, caller) -> bench.dispatcher().dispatch(provider, incoming, caller, cut),
          cut);
    }
  }

  private StepAnswer made(RequestScript script, Draft draft, StepCall.Way way, CallerWatch cut) {
    Draft signed =
        check
            .signer()
            .map(signer ->
                signer.sign(
                    draft, bench.clock().instant(), UUID.randomUUID().toString().replace("-", "")))
            .orElse(draft);
    return StepCall.make(bench.ear(), way, signed, script.contentType().orElse(""), cut);
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
      redactor = reach.first().provider().redactor().masking(secretsSeen);
    }
    return captured;
  }
}
