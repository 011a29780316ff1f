package io.tollwatch.checks.script;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A step of a check. Immutable.
///
/// @param timeout longest time; default the check's step timeout
/// @param expected all must hold for the step to pass
/// @param undoes the steps whose money it gives back
/// @param webhook must come after the answer for the step to pass
public record Step(
    String name,
    RequestScript request,
    Duration timeout,
    List<Capture> captures,
    List<Assertion> expected,
    List<String> undoes,
    Optional<Awaited> webhook) {

  public Step {
    captures = List.copyOf(captures);
    expected = List.copyOf(expected);
    undoes = List.copyOf(undoes);
  }

  /// A step of the clean-up. Immutable.
  ///
  /// @param step what is sent; of a repeat that of the repeated step, with captures of its own
  /// @param repeats the step that is sent again to learn its lost answer
  /// @param done what the answer must say for the money to be back
  /// @param nothingTaken what the answer says where the money was never taken; empty if it can't
  ///   say
  /// @param tries at least 1
  /// @param pause between two tries
  public record CleanUp(
      Step step,
      Optional<String> repeats,
      List<Assertion> done,
      List<Assertion> nothingTaken,
      int tries,
      Duration pause) {

    public CleanUp {
      done = List.copyOf(done);
      nothingTaken = List.copyOf(nothingTaken);
    }

    /// Its name.
    public String name() {
      return step.name();
    }
  }
}
