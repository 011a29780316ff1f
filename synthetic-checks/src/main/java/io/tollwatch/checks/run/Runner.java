package io.tollwatch.checks.run;

import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.PlainProbe;
import io.tollwatch.checks.script.Step;
import io.tollwatch.exchange.TestMoney;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs checks. Thread-safe; each run goes on its caller's thread.
///
/// ```
/// step -> register (what it takes) -> dispatcher -> captures, assertions -> next step
///   +-- failed, timed out, stopped, lost --> clean-up --> register (what is still out)
/// ```
public final class Runner implements AutoCloseable {

  private final Bench bench;
  private final Stop stop = new Stop();
  private final Phaser running = new Phaser(1);
  private final Set<RunKeys> inHand = ConcurrentHashMap.newKeySet();

  public Runner(Bench bench) {
    this.bench = bench;
  }

  /// Makes one run of a check, clean-up included.
  ///
  /// @param planned for when it was planned: keys and references are derived from it
  public CheckRun run(Check check, Reach reach, Instant planned, Watcher watcher) {
    Instant began = bench.clock().instant();
    long start = bench.nanos().getAsLong();
    RunKeys keys = new RunKeys(check.name(), planned);
    Course course = new Course(check, reach, bench, stop, keys);
    List<StepResult> cleaned = new ArrayList<>();
    List<StepResult> steps =
        inHand(
            keys,
            () -> {
              course.listen();
              try {
                return steps(course, watcher);
              } finally {
                course.hangUp();
                cleaned.addAll(cleanUp(course, watcher));
              }
            });
    return new CheckRun(
        check.name(),
        check.to(),
        planned,
        began,
        Duration.ofNanos(bench.nanos().getAsLong() - start),
        steps,
        cleaned,
        course.purse().open());
  }

  private static List<StepResult> steps(Course course, Watcher watcher) {
    Check check = course.check();
    Deadline deadline = Deadline.in(check.timeout(), course.bench().nanos());
    List<StepResult> results = new ArrayList<>();
    for (PlainProbe probe : check.probes()) {
      watcher.before(check, probe.name());
      StepResult result = course.probe(probe, deadline);
      watcher.after(check, result);
      results.add(result);
    }
    @Nullable String failed = null;
    for (Step step : check.steps()) {
      StepResult result;
      if (failed == null) {
        watcher.before(check, step.name());
        result = course.step(step, deadline);
        failed = result.state() == StepResult.State.FAILED ? step.name() : null;
      } else {
        result = StepResult.skipped(step.name(), failed + " failed");
      }
      watcher.after(check, result);
      results.add(result);
    }
    return results;
  }

  /// Whether a run has taken money, here or in another process, whatever became of it.
  public boolean hasTaken(Check check, Instant planned) {
    RunKeys keys = new RunKeys(check.name(), planned);
    return check.steps().stream()
        .anyMatch(step -> bench.register().find(keys.taking(step.name())).isPresent());
  }

  /// Gives back what earlier runs of a check could not.
  ///
  /// @param out of one planned run
  /// @return what the clean-up came to; empty if that run is under way
  public List<StepResult> giveBack(Check check, Reach reach, List<TestMoney> out, Watcher watcher) {
    RunKeys keys = new RunKeys(check.name(), out.getFirst().planned());
    if (inHand.contains(keys)) {
      return List.of();
    }
    Course course = new Course(check, reach, bench, stop, keys);
    out.forEach(money -> course.scope().learn(money.handles()));
    return inHand(keys, () -> cleanUp(course, watcher));
  }

  private static List<StepResult> cleanUp(Course course, Watcher watcher) {
    Deadline deadline = Deadline.in(course.check().cleanUpTimeout(), course.bench().nanos());
    return new Cleaning(course, deadline).all(watcher);
  }

  private <T> T inHand(RunKeys keys, Supplier<T> work) {
    running.register();
    inHand.add(keys);
    try {
      return work.get();
    } finally {
      inHand.remove(keys);
      running.arriveAndDeregister();
    }
  }

  /// Cuts the steps in flight; the runs go on to their clean-up, which is waited for.
  ///
  /// @return whether all of it was done within the limit
  public boolean stop(Duration limit) {
    stop.ask();
    try {
      running.awaitAdvanceInterruptibly(running.arrive(), limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Stops without waiting.
  @Override
  public void close() {
    stop.ask();
  }
}
