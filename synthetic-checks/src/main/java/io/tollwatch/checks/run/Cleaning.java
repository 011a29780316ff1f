package io.tollwatch.checks.run;

import io.tollwatch.checks.message.Draft;
import io.tollwatch.checks.script.Assertion;
import io.tollwatch.checks.script.Finding;
import io.tollwatch.checks.script.Step;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The clean-up of a run: gives back what it took. Sends nothing where nothing is out, and nothing
/// twice that may take money twice. Confined to the run.
final class Cleaning {

  /// How long "there is no such payment" must be said where the profile knows no time: a call that
  /// was lost on the way may still arrive.
  private static final Duration ABSENCE = Duration.ofHours(1);

  private final Course course;
  private final Deadline deadline;

  Cleaning(Course course, Deadline deadline) {
    this.course = course;
    this.deadline = deadline;
  }

  /// Makes all of the clean-up.
  List<StepResult> all(Watcher watcher) {
    forgetUnsent();
    List<StepResult> results = new ArrayList<>();
    for (Step.CleanUp each : course.check().always()) {
      StepResult result = one(each, watcher);
      watcher.after(course.check(), result);
      results.add(result);
    }
    remember(results);
    return results;
  }

  /// What a channel had chosen no provider for was not sent: where it goes is written down before.
  private void forgetUnsent() {
    for (TestMoney money : course.purse().open()) {
      if (course.reach().isUnsent(money.provider())) {
        course.purse().neverTaken(money.step(), "it was not sent to any provider");
      }
    }
  }

  private StepResult one(Step.CleanUp cleanUp, Watcher watcher) {
    Optional<String> needless = needless(cleanUp);
    if (needless.isPresent()) {
      return StepResult.skipped(cleanUp.name(), needless.get());
    }
    Optional<String> missing = course.scope().missing(cleanUp.step().request().names());
    if (missing.isPresent()) {
      return StepResult.failed(
          cleanUp.name(), "nothing was captured for {{" + missing.get() + "}}");
    }
    Draft draft;
    try {
      draft = cleanUp.step().request().fill(course.scope().of(keyOf(cleanUp)));
    } catch (IllegalArgumentException e) {
      return StepResult.failed(cleanUp.name(), "it can't be sent: " + e.getMessage());
    }
    Optional<String> forbidden = cleanUp.repeats().flatMap(step -> forbidden(step, cleanUp, draft));
    if (forbidden.isPresent()) {
      return StepResult.failed(cleanUp.name(), forbidden.get());
    }
    Optional<Gateway> gateway = gateway(cleanUp);
    if (gateway.isEmpty()) {
      return StepResult.failed(cleanUp.name(), "the provider that took it is not configured");
    }
    watcher.before(course.check(), cleanUp.name());
    return tries(cleanUp, draft, gateway.get());
  }

  /// The provider that has the money it is about; the first where there is none.
  private Optional<Gateway> gateway(Step.CleanUp cleanUp) {
    List<String> about = cleanUp.repeats().map(List::of).orElseGet(() -> cleanUp.step().undoes());
    return (about.isEmpty()
            ? course.purse().open().stream()
            : about.stream().flatMap(step -> course.purse().open(step).stream()))
        .findFirst()
        .map(money -> course.reach().at(money.provider()))
        .orElseGet(() -> Optional.of(course.reach().first()));
  }

  private static String keyOf(Step.CleanUp cleanUp) {
    return cleanUp.repeats().orElse(cleanUp.name());
  }

  private Optional<String> needless(Step.CleanUp cleanUp) {
    Optional<String> repeated = cleanUp.repeats();
    if (repeated.isPresent()) {
      boolean known =
          cleanUp.step().captures().stream()
              .allMatch(capture -> course.scope().knows(capture.name()));
      return course.purse().open(repeated.get()).isEmpty()
          ? Optional.of("nothing of " + repeated.get() + " is out")
          : known ? Optional.of("nothing of its answer is missing") : Optional.empty();
    }
    List<String> undoes = cleanUp.step().undoes();
    if (undoes.isEmpty() && !cleanUp.step().captures().isEmpty()) {
      return looksFor(cleanUp);
    }
    return !undoes.isEmpty()
            && undoes.stream().allMatch(step -> course.purse().open(step).isEmpty())
        ? Optional.of("nothing is out")
        : Optional.empty();
  }

  /// A step that only looks for values is needed where one is missing.
  private Optional<String> looksFor(Step.CleanUp cleanUp) {
    boolean known =
        cleanUp.step().captures().stream()
            .allMatch(capture -> course.scope().knows(capture.name()));
    return course.purse().open().isEmpty()
        ? Optional.of("nothing is out")
        : known ? Optional.of("what it looks for is known") : Optional.empty();
  }

  /// Why a step must not be sent again, since it might take money twice (P1).
  private Optional<String> forbidden(String step, Step.CleanUp cleanUp, Draft draft) {
    Optional<TestMoney> out = course.purse().open(step);
    if (out.isEmpty()) {
      return Optional.of("not repeated: another runner settled it");
    }
    TestMoney money = out.get();
    var idempotency = course.provider().profile().idempotency();
    Instant now = course.bench().clock().instant();
    if (!idempotency.proven()
        || idempotency.lives().filter(time -> now.isBefore(money.opened().plus(time))).isEmpty()) {
      return Optional.of("not repeated: the gateway may have forgotten its key");
    }
    String type = cleanUp.step().request().contentType().orElse("");
    String request = Takes.request(course.provider(), draft, type);
    return money.request().filter(request::equals).isPresent()
        ? Optional.empty()
        : Optional.of("not repeated: the check's step is not what was sent");
  }

  private StepResult tries(Step.CleanUp cleanUp, Draft first, Gateway gateway) {
    StepResult last = StepResult.failed(cleanUp.name(), "the time for the clean-up is over");
    Draft draft = first;
    for (int i = 0; i < cleanUp.tries() && !deadline.isOver(); i++) {
      if (i > 0) {
        course.stopping().pause(deadline.atMost(cleanUp.pause()));
        draft = cleanUp.step().request().fill(course.scope().of(keyOf(cleanUp)));
      }
      last = once(cleanUp, draft, gateway);
      if (last.state() == StepResult.State.PASSED) {
        return last;
      }
    }
    return last;
  }

  private StepResult once(Step.CleanUp cleanUp, Draft draft, Gateway gateway) {
    Step step = cleanUp.step();
    StepAnswer answer = course.send(step, draft, deadline.within(step.timeout()), gateway);
    Map<String, String> captured = course.capture(step.captures(), answer);
    if (cleanUp.repeats().isPresent()) {
      return repeated(cleanUp, answer, captured);
    }
    Judging judging = course.judging(cleanUp.name());
    List<Finding> done = judging.of(doneBy(cleanUp), answer);
    boolean passed = answer.message().isPresent() && Judging.hold(done);
    if (passed) {
      undone(step, gateway)
          .forEach(each -> course.purse().returned(each, "given back by " + cleanUp.name()));
    } else if (saysNothingTaken(cleanUp, judging, answer)) {
      passed = undone(step, gateway).allMatch(this::believedAbsent);
    }
    return course.result(cleanUp.name(), passed, answer, done, captured);
  }

  /// The steps whose money an answer of that provider speaks of.
  private Stream<String> undone(Step step, Gateway gateway) {
    String provider = gateway.provider().name();
    return step.undoes().stream().filter(each -> course.purse().isAt(provider, each));
  }

  private static List<Assertion> doneBy(Step.CleanUp cleanUp) {
    if (!cleanUp.done().isEmpty()) {
      return cleanUp.done();
    }
    return cleanUp.step().undoes().isEmpty()
        ? List.of()
        : List.of(new Assertion.MoneyIs(Set.of(Money.SUCCEEDED)));
  }

  private static boolean saysNothingTaken(
      Step.CleanUp cleanUp, Judging judging, StepAnswer answer) {
    return !cleanUp.nothingTaken().isEmpty()
        && answer.message().isPresent()
        && Judging.hold(judging.of(cleanUp.nothingTaken(), answer));
  }

  /// Believes that there is no such payment if it was sent long enough ago.
  private boolean believedAbsent(String step) {
    Duration time = course.provider().profile().lookup().absence().orElse(ABSENCE);
    Instant now = course.bench().clock().instant();
    boolean believed =
        course
            .purse()
            .open(step)
            .filter(money -> now.isBefore(money.opened().plus(time)))
            .isEmpty();
    if (believed) {
      course.purse().neverTaken(step, "the gateway has no such payment");
    }
    return believed;
  }

  /// The same call again is answered as the first one was.
  private StepResult repeated(
      Step.CleanUp cleanUp, StepAnswer answer, Map<String, String> captured) {
    boolean told =
        answer.outcome().filter(outcome -> outcome.verdict().category().endsWell()).isPresent();
    if (told) {
      course
          .purse()
          .settle(
              cleanUp.repeats().orElseThrow(),
              answer,
              Takes.handles(course.check(), course.scope(), course.provider()));
    }
    return course.result(cleanUp.name(), told, answer, List.of(), captured);
  }

  /// Writes down why something is still out.
  private void remember(List<StepResult> results) {
    String why =
        results.stream()
            .filter(result -> result.state() == StepResult.State.FAILED)
            .map(result -> result.name() + ": " + result.reason().orElse("failed"))
            .reduce((_, last) -> last)
            .orElse("no step of the clean-up could give it back");
    Instant now = course.bench().clock().instant();
    for (TestMoney money : course.purse().open()) {
      course
          .bench()
          .register()
          .write(
              money.tried(
                  now, Takes.handles(course.check(), course.scope(), course.provider()), why));
    }
  }
}
