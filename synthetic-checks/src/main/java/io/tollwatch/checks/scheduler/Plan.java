package io.tollwatch.checks.scheduler;

import io.tollwatch.checks.schedule.Standing;
import java.time.Instant;
import java.util.Optional;

/// What the replicas know together of one check: when its next run is, and what the runs so far
/// came to. Immutable, redacted.
///
/// @param planned for when the next run is planned, or the one under way
/// @param last the last run
/// @param failure the last run that failed
/// @param runs how many there were
/// @param missed how many there should have been and were not
/// @param unknownSince since when no replica that had its turn knew the check
public record Plan(
    Instant planned,
    Standing standing,
    Optional<LastRun> last,
    Optional<LastRun> failure,
    long runs,
    long missed,
    Optional<Instant> unknownSince) {

  /// What a run came to. Immutable.
  ///
  /// @param tookMillis with its clean-up, in milliseconds
  /// @param failedStep the first step that failed
  /// @param reason one line for people
  public record LastRun(
      Instant planned,
      Instant began,
      long tookMillis,
      boolean passed,
      Optional<String> failedStep,
      Optional<String> reason) {}

  /// That of a check that has not run.
  static Plan fresh(Instant planned, Instant now) {
    return new Plan(
        planned, Standing.fresh(now), Optional.empty(), Optional.empty(), 0, 0, Optional.empty());
  }

  /// The same for another time.
  Plan at(Instant next) {
    return new Plan(next, standing, last, failure, runs, missed, unknownSince);
  }

  /// With more runs that were missed.
  Plan missing(long more) {
    return new Plan(planned, standing, last, failure, runs, missed + more, unknownSince);
  }

  /// After one more run.
  Plan after(LastRun run, Standing next) {
    return new Plan(
        planned,
        next,
        Optional.of(run),
        run.passed() ? failure : Optional.of(run),
        runs + 1,
        missed,
        Optional.empty());
  }

  /// As a replica leaves it that does not know the check.
  Plan unknown(Instant now) {
    return new Plan(
        planned, standing, last, failure, runs, missed, Optional.of(unknownSince.orElse(now)));
  }
}
