package io.tollwatch.checks.scheduler;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.StepResult;
import io.tollwatch.checks.schedule.Patience;
import io.tollwatch.checks.schedule.Schedule;
import io.tollwatch.checks.schedule.Slots;
import io.tollwatch.checks.schedule.Standing;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.Destination;
import io.tollwatch.ledger.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A scheduler in a folder whose checks run as a test says. Confined to one test.
final class SchedulerRig implements AutoCloseable {

  static final Pace QUICK =
      new Pace(
          Duration.ofMillis(300),
          Duration.ofMillis(50),
          Duration.ofMillis(250),
          4,
          Duration.ofMinutes(10));

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// When each run was planned and when it began.
  record Ran(String check, Instant planned, Instant began) {}

  final Queue<Ran> ran = new ConcurrentLinkedQueue<>();
  final Map<String, Long> missed = new ConcurrentHashMap<>();
  final Set<String> paused = ConcurrentHashMap.newKeySet();
  final Store store;
  final CheckScheduler scheduler;

  SchedulerRig(Path folder, Conduct conduct) {
    this(Store.embedded(folder), false, QUICK, conduct);
  }

  /// @param shared whether the store is in a PostgreSQL server; closed with the rig
  SchedulerRig(Store store, boolean shared, Pace pace, Conduct conduct) {
    this.store = store;
    this.scheduler =
        new CheckScheduler(
            store.schedules(),
            shared,
            "rig",
            (check, planned) -> {
              ran.add(new Ran(check.name(), planned, Instant.now()));
              return conduct.run(check, planned);
            },
            new News(),
            paused::contains,
            InstantSource.system(),
            pace,
            Duration.ofSeconds(10));
  }

  private final class News implements RunNews {
    @Override
    public void ran(Check check, CheckRun run, Standing before, Standing now) {
      // the rows say so
    }

    @Override
    public void missed(String check, long runs, String reason) {
      missed.merge(check, runs, Long::sum);
    }
  }

  SchedulerRig start(Scheduled... checks) {
    scheduler.start(List.of(checks));
    return this;
  }

  /// A check that runs as often as that, without jitter.
  static Scheduled every(String name, Duration every) {
    Schedule schedule =
        new Schedule(
            new Slots.Every(every),
            Optional.of(Duration.ZERO),
            Optional.of(Duration.ofSeconds(1)),
            Patience.usual(),
            List.of());
    return Scheduled.of(
        new Check(
            name,
            new Destination.OfProvider("stripe"),
            Optional.empty(),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            true,
            false,
            Optional.of(schedule),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of()));
  }

  /// A run of a check that went well, or did not.
  static Optional<CheckRun> run(Check check, Instant planned, boolean passed) {
    StepResult step =
        new StepResult(
            "look",
            passed ? StepResult.State.PASSED : StepResult.State.FAILED,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            passed ? Optional.empty() : Optional.of("expected 200, found 503"));
    return Optional.of(
        new CheckRun(
            check.name(),
            check.to(),
            planned,
            Instant.now(),
            Duration.ofMillis(1),
            List.of(step),
            List.of(),
            List.of()));
  }

  Plan plan(String name) {
    return scheduler.list().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .plan();
  }

  List<Ran> ran(String name) {
    return ran.stream().filter(each -> each.check().equals(name)).toList();
  }

  static void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never: " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Override
  public void close() {
    scheduler.close();
    store.close();
  }
}
