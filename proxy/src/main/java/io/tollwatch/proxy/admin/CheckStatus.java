package io.tollwatch.proxy.admin;

import io.tollwatch.checks.schedule.Timetable;
import io.tollwatch.checks.scheduler.Listed;
import io.tollwatch.checks.scheduler.Plan;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.Destination;
import io.tollwatch.ledger.store.CheckPause;
import java.time.Instant;
import java.util.Optional;

/// How a scheduled check stands, as JSON says it; what is not there is empty. Immutable.
///
/// @param provider where it goes, or empty
/// @param channel the same: one of the two
/// @param state `up`, `pending` or `down`
/// @param since since when, as an ISO instant
/// @param recent the last runs, oldest first: `+` passed, `-` failed
/// @param nextRun as an ISO instant; of a paused check when it would be
/// @param underWay whether a sidecar has it: it runs, or is about to
/// @param intervalMs how far two runs are from one another
/// @param runs how many there were
/// @param missed how many there should have been and were not
/// @param paused why it is paused, or empty
/// @param pausedBy who paused it, or empty
public record CheckStatus(
    String name,
    String provider,
    String channel,
    String state,
    String since,
    String recent,
    String nextRun,
    boolean underWay,
    long intervalMs,
    long runs,
    long missed,
    String paused,
    String pausedBy,
    RunStatus lastRun,
    RunStatus lastFailure) {

  /// What a run came to.
  ///
  /// @param planned as an ISO instant, or empty where there was none
  /// @param lateMs how much later than planned it began
  /// @param failedStep the first step that failed, or empty
  /// @param reason one line for people, or empty
  public record RunStatus(
      String planned,
      String began,
      long lateMs,
      long tookMs,
      boolean passed,
      String failedStep,
      String reason) {

    private static RunStatus of(Optional<Plan.LastRun> run) {
      return run.map(each ->
              new RunStatus(
                  each.planned().toString(),
                  each.began().toString(),
                  each.began().toEpochMilli() - each.planned().toEpochMilli(),
                  each.tookMillis(),
                  each.passed(),
                  each.failedStep().orElse(""),
                  each.reason().orElse("")))
          .orElseGet(() -> new RunStatus("", "", 0, 0, false, "", ""));
    }
  }

  /// As it stands.
  public static CheckStatus of(
      Check check, Timetable timetable, Listed listed, Optional<CheckPause> pause, Instant now) {
    Plan plan = listed.plan();
    return new CheckStatus(
        check.name(),
        check.to() instanceof Destination.OfProvider(String name) ? name : "",
        check.to() instanceof Destination.OfChannel(String name) ? name : "",
        plan.standing().state().word(),
        plan.standing().since().toString(),
        plan.standing().last(),
        plan.planned().toString(),
        listed.underWay(),
        timetable.interval(now).toMillis(),
        plan.runs(),
        plan.missed(),
        pause.map(CheckPause::reason).orElse(""),
        pause.map(CheckPause::who).orElse(""),
        RunStatus.of(plan.last()),
        RunStatus.of(plan.failure()));
  }
}
