package io.tollwatch.checks.scheduler;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.script.Check;
import java.time.Instant;
import java.util.Optional;

/// Makes a run of a check, what earlier ones left included. Thread-safe.
@FunctionalInterface
public interface Conduct {

  /// Makes it on this thread; empty if another replica had begun it: then what that took is given
  /// back instead.
  Optional<CheckRun> run(Check check, Instant planned);
}
