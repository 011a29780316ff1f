package io.tollwatch.checks.run;

import io.tollwatch.checks.script.Check;

/// Is told of each step of a run. Called on the run's own thread; a step waits for it.
public interface Watcher {

  /// A step is about to be sent.
  void before(Check check, String step);

  /// A step has ended, or was skipped.
  void after(Check check, StepResult result);

  /// Nobody who wants to know.
  static Watcher none() {
    return new Watcher() {
      @Override
      public void before(Check check, String step) {
        // nobody
      }

      @Override
      public void after(Check check, StepResult result) {
        // nobody
      }
    };
  }
}
