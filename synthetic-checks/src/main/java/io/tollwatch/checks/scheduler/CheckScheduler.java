package io.tollwatch.checks.scheduler;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// The scheduler of one replica, over the database that all of them share. Thread-safe. Each check
/// has one row; whoever has it runs the check, so runs of one check never overlap while replicas
/// live, and one that died loses it.
///
/// ```
/// due in 5 s --claimed--> waits here --its time--> runs --over--> next time, in the row
///                 |                                  |
///                 +------- no sign of life for 8 s --+--> another replica
/// ```
public final class CheckScheduler implements AutoCloseable {

  private static final String TASK = "check";
  private static final String TABLE = "check_schedule";

  /// After so many without a sign of life a replica is dead: the fewest that db-scheduler takes.
  private static final int MISSED_HEARTBEATS = 4;

  /// How many runs may wait for their time, for each that may be under way.
  private static final int CLAIMS = 4;

  private static final int LEAST_CLAIMS = 64;

  /// How soon another replica may try what this one does not know.
  private static final Duration HAND_ON = Duration.ofSeconds(2);

  /// How long nobody knows a check before its row goes.
  private static final Duration UNKNOWN = Duration.ofHours(1);

  private final InstantSource clock;
  private final Pace pace;
  private final boolean shared;
  private final Stopping stopping = new Stopping();
  private final Turn turn;
  private final Scheduler scheduler;
  private volatile Map<String, Scheduled> checks = Map.of();

  /// The last turn of each check here, which may not be in its row.
  private final Map<String, Ended> ended = new ConcurrentHashMap<>();

  /// What a turn came to.
  private record Ended(Instant planned, Plan after) {}

  /// One that does nothing until it is started.
  ///
  /// @param shared whether the database is a PostgreSQL server that other replicas have too, or an
  ///   H2 file of this process
  /// @param replica its name, as no other replica has it
  /// @param paused whether a check, by its name, is not to run now
  /// @param patience how long an end waits for what is under way
  public CheckScheduler(
      DataSource database,
      boolean shared,
      String replica,
      Conduct conduct,
      RunNews news,
      Predicate<String> paused,
      InstantSource clock,
      Pace pace,
      Duration patience) {
    this.clock = clock;
    this.pace = pace;
    this.shared = shared;
    this.turn = new Turn(conduct, news, clock, pace, stopping, paused);
    CustomTask<Plan> task =
        Tasks.custom(TASK, Plan.class)
            .onFailure((complete, row) -> row.reschedule(complete, clock.instant().plus(HAND_ON)))
            .onDeadExecutionRevive()
            .execute(this::execute);
    SchedulerBuilder builder =
        Scheduler.create(database, task)
            .tableName(TABLE)
            .schedulerName(new SchedulerName.Fixed(replica))
            .serializer(new PlanJson())
            .jdbcCustomization(
                shared
                    ? new PostgreSqlJdbcCustomization(false, true)
                    : new DefaultJdbcCustomization(true))
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .threads(Math.max(LEAST_CLAIMS, CLAIMS * pace.atOnce()))
            .pollingInterval(pace.poll())
            .heartbeatInterval(pace.heartbeat())
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(patience)
            .clock(clock::instant);
    this.scheduler =
        (shared
                ? builder.pollUsingLockAndFetch(0.5, 1.0)
                : builder.pollUsingFetchAndLockOnExecute(0.5, 1.0))
            .build();
  }

  /// Begins to claim and run these checks. They are known before the first is claimed: one that
  /// nobody knows would be forgotten, and how it stands with it.
  public void start(List<Scheduled> first) {
    checks = byName(first);
    scheduler.start();
    apply(first);
  }

  /// Takes the checks anew. Those that are new get their first time; those that are gone are run no
  /// more, and forgotten where no other replica can know them.
  public void apply(List<Scheduled> next) {
    checks = byName(next);
    ended.keySet().retainAll(checks.keySet());
    Instant now = clock.instant();
    Map<String, Listed> known =
        list().stream().collect(Collectors.toMap(Listed::name, each -> each));
    next.forEach(each -> apply(each, Optional.ofNullable(known.get(each.check().name())), now));
    if (!shared) {
      known.values().stream()
          .filter(each -> !checks.containsKey(each.name()) && !each.underWay())
          .forEach(each -> forget(each.name()));
    }
  }

  private static Map<String, Scheduled> byName(List<Scheduled> checks) {
    return checks.stream()
        .collect(Collectors.toUnmodifiableMap(each -> each.check().name(), each -> each));
  }

  private void apply(Scheduled check, Optional<Listed> known, Instant now) {
    String name = check.check().name();
    Optional<Instant> first = check.timetable().next(now);
    if (first.isEmpty()) {
      return;
    }
    if (known.isEmpty()) {
      scheduler.scheduleIfNotExists(
          new TaskInstance<>(TASK, name, Plan.fresh(first.get(), now)), claimed(first.get()));
    } else if (!known.get().underWay() && first.get().isBefore(known.get().plan().planned())) {
      // it runs more often than before
      move(name, known.get().plan().at(first.get()), claimed(first.get()));
    }
  }

  private Instant claimed(Instant planned) {
    return planned.minus(pace.lead());
  }

  private CompletionHandler<Plan> execute(TaskInstance<Plan> row, ExecutionContext context) {
    Plan plan = row.getData();
    Scheduled check = checks.get(row.getId());
    if (check == null) {
      return unknown(plan);
    }
    Ended before = ended.get(row.getId());
    if (before != null && before.planned().equals(plan.planned())) {
      return next(before.after()); // the database was away when that turn was over
    }
    // any one sign of life may be late: only without all of them others take it over
    Turn.Came came =
        turn.take(
            check,
            plan,
            () -> context.getCurrentlyExecuting().getHeartbeatState().getFractionDead() >= 1);
    return switch (came) {
      case Turn.Came.Over(Plan after) -> {
        ended.put(row.getId(), new Ended(plan.planned(), after));
        yield next(after);
      }
      case Turn.Came.HandedBack() -> (complete, rows) -> rows.reschedule(complete, clock.instant());
      case Turn.Came.Lost() -> (_, _) -> {};
    };
  }

  private CompletionHandler<Plan> next(Plan after) {
    return (complete, rows) -> rows.reschedule(complete, claimed(after.planned()), after);
  }

  private CompletionHandler<Plan> unknown(Plan plan) {
    Instant now = clock.instant();
    Plan next = plan.unknown(now);
    boolean gone =
        !shared || next.unknownSince().filter(at -> at.plus(UNKNOWN).isBefore(now)).isPresent();
    return gone
        ? (_, rows) -> rows.remove()
        : (complete, rows) -> rows.reschedule(complete, now.plus(HAND_ON), next);
  }

  /// The checks that have a row, as all replicas see them, by name.
  public List<Listed> list() {
    return scheduler
        .getScheduledExecutionsForTask(TASK, Plan.class, ScheduledExecutionsFilter.all())
        .stream()
        .map(each ->
            new Listed(
                each.getTaskInstance().getId(),
                each.getData(),
                each.isPicked(),
                each.getExecutionTime()))
        .sorted(Comparator.comparing(Listed::name))
        .toList();
  }

  /// Has a check run now, at whichever replica is first.
  ///
  /// @return whether it will: not where it runs, or is about to
  public boolean runNow(String name) {
    Instant now = clock.instant();
    return list().stream()
        .filter(each -> each.name().equals(name) && !each.underWay())
        .findFirst()
        .filter(each -> move(name, each.plan().at(now), now))
        .isPresent();
  }

  private boolean move(String name, Plan plan, Instant claimed) {
    try {
      boolean moved = scheduler.reschedule(TaskInstanceId.of(TASK, name), claimed, plan);
      scheduler.triggerCheckForDueExecutions();
      return moved;
    } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException e) {
      return false; // a replica was faster
    }
  }

  private void forget(String name) {
    try {
      scheduler.cancel(TaskInstanceId.of(TASK, name));
    } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException e) {
      // its last run is under way
    }
  }

  /// Hands back what waits for its time and lets no more runs begin. What is under way goes on.
  public void stop() {
    stopping.ask();
  }

  /// Stops, and waits for what is under way.
  @Override
  public void close() {
    stop();
    scheduler.stop();
  }
}
