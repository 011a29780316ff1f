package io.tollwatch.checks.run;

import io.tollwatch.checks.script.Destination;
import io.tollwatch.exchange.TestMoney;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One run of a check. Immutable, redacted.
///
/// @param to where its steps went
/// @param took the steps and the clean-up
/// @param steps those of the script, in order
/// @param cleanUp those of the clean-up, in order
/// @param out test money that it took and could not give back
public record CheckRun(
    String check,
    Destination to,
    Instant planned,
    Instant began,
    Duration took,
    List<StepResult> steps,
    List<StepResult> cleanUp,
    List<TestMoney> out) {

  public CheckRun {
    steps = List.copyOf(steps);
    cleanUp = List.copyOf(cleanUp);
    out = List.copyOf(out);
  }

  /// Whether all its steps passed and nothing is left behind.
  public boolean passed() {
    return stepsPassed() && out.isEmpty();
  }

  /// Whether all its steps passed.
  public boolean stepsPassed() {
    return steps.stream().allMatch(step -> step.state() == StepResult.State.PASSED);
  }

  /// The first step that failed.
  public Optional<StepResult> failed() {
    return Stream.concat(steps.stream(), cleanUp.stream())
        .filter(step -> step.state() == StepResult.State.FAILED)
        .findFirst();
  }
}
