package io.tollwatch.checks.scheduler;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.schedule.Standing;
import io.tollwatch.checks.script.Check;

/// Is told what this replica's checks do. Thread-safe; must not block or fail.
public interface RunNews {

  /// A check ran.
  ///
  /// @param before how it stood
  /// @param now how it stands
  void ran(Check check, CheckRun run, Standing before, Standing now);

  /// Runs of a check were missed.
  ///
  /// @param reason one line for people
  void missed(String check, long runs, String reason);
}
