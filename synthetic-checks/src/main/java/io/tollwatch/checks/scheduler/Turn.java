package io.tollwatch.checks.scheduler;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.StepResult;
import io.tollwatch.checks.schedule.Standing;
import io.tollwatch.checks.schedule.Timetable;
import io.tollwatch.checks.script.Check;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// One turn of a check at this replica: waits for its time, runs it, and says when the next is.
/// Thread-safe.
final class Turn {

  private static final Duration WHERE_THERE_IS_NONE = Duration.ofDays(1);

  private final Conduct conduct;
  private final RunNews news;
  private final InstantSource clock;
  private final Pace pace;
  private final Semaphore places;
  private final Stopping stopping;
  private final Predicate<String> paused;

  Turn(
      Conduct conduct,
      RunNews news,
      InstantSource clock,
      Pace pace,
      Stopping stopping,
      Predicate<String> paused) {
    this.conduct = conduct;
    this.news = news;
    this.clock = clock;
    this.pace = pace;
    this.places = new Semaphore(pace.atOnce(), true);
    this.stopping = stopping;
    this.paused = paused;
  }

  /// What a turn came to.
  sealed interface Came {

    /// It is over, and this is the plan now.
    record Over(Plan plan) implements Came {}

    /// It did not take place: another replica may.
    record HandedBack() implements Came {}

    /// It is not this replica's any more.
    record Lost() implements Came {}
  }

  /// Takes the turn.
  ///
  /// @param lost whether others must think that this replica is dead
  Came take(Scheduled scheduled, Plan plan, BooleanSupplier lost) {
    Instant latest = latest(scheduled.timetable(), plan.planned());
    if (clock.instant().isAfter(latest)) {
      return missed(scheduled, plan, "nobody ran it");
    }
    if (!stopping.await(plan.planned(), clock)) {
      return new Came.HandedBack();
    }
    if (paused.test(scheduled.check().name())) {
      return new Came.Over(plan.at(next(scheduled.timetable(), clock.instant())));
    }
    return inPlace(scheduled, plan, latest, lost);
  }

  private Came inPlace(Scheduled scheduled, Plan plan, Instant latest, BooleanSupplier lost) {
    if (!place(latest)) {
      return stopping.isAsked()
          ? new Came.HandedBack()
          : missed(scheduled, plan, "too many checks ran at once");
    }
    try {
      // a process that was stopped wakes up here: the keys make a second run harmless, but why make
      // it
      return lost.getAsBoolean() ? new Came.Lost() : new Came.Over(ran(scheduled, plan));
    } finally {
      places.release();
    }
  }

  private boolean place(Instant latest) {
    try {
      long left = Math.max(0, Duration.between(clock.instant(), latest).toMillis());
      return places.tryAcquire(left, TimeUnit.MILLISECONDS) && !stopping.isAsked();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Plan ran(Scheduled scheduled, Plan plan) {
    Check check = scheduled.check();
    Timetable timetable = scheduled.timetable();
    Optional<CheckRun> made = conduct.run(check, plan.planned());
    Instant now = clock.instant();
    if (made.isEmpty()) {
      news.missed(check.name(), 1, "its replica did not end it; what it took is given back");
      return plan.missing(1).at(next(timetable, now));
    }
    CheckRun run = made.get();
    Standing next = plan.standing().after(run.passed(), now, timetable.schedule().patience());
    news.ran(check, run, plan.standing(), next);
    Plan after = plan.after(last(run), next);
    int overrun = timetable.between(plan.planned(), now);
    if (overrun > 0) {
      news.missed(check.name(), overrun, "the run before was not over");
    }
    Instant soon =
        next.undecided()
            ? timetable.soon(plan.planned(), now).orElseGet(() -> next(timetable, now))
            : next(timetable, now);
    return after.missing(overrun).at(soon);
  }

  private Came missed(Scheduled scheduled, Plan plan, String reason) {
    Instant now = clock.instant();
    int runs = 1 + scheduled.timetable().between(plan.planned(), now);
    news.missed(scheduled.check().name(), runs, reason);
    return new Came.Over(plan.missing(runs).at(next(scheduled.timetable(), now)));
  }

  private Instant next(Timetable timetable, Instant now) {
    return timetable.next(now).orElse(now.plus(WHERE_THERE_IS_NONE));
  }

  /// Until when a run may begin: the next one is not far then. One out of turn, which may stand
  /// just before the next, has the time of a claim.
  private Instant latest(Timetable timetable, Instant planned) {
    Instant least = planned.plus(pace.lead());
    Instant most = planned.plus(pace.latest());
    Instant following = timetable.next(planned).filter(most::isAfter).orElse(most);
    return following.isAfter(least) ? following : least;
  }

  private static Plan.LastRun last(CheckRun run) {
    Optional<StepResult> failed = run.failed();
    return new Plan.LastRun(
        run.planned(),
        run.began(),
        run.took().toMillis(),
        run.passed(),
        run.passed() ? Optional.empty() : failed.map(StepResult::name),
        run.passed()
            ? Optional.empty()
            : failed
                .flatMap(StepResult::reason)
                .or(() -> Optional.of("it left test money behind")));
  }
}
