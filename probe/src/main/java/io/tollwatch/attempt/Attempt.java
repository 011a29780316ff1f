package io.tollwatch.attempt;

import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import java.util.Optional;

/// One try at one provider: it was answered, or it broke. Immutable.
public sealed interface Attempt {

  /// How far the request got.
  Progress progress();

  /// Where the time went.
  PhaseTimings timings();

  /// What it went over.
  ConnectionFacts connection();

  /// The answer's head, if one came: of a break that is one whose body was cut.
  Optional<AnswerHead> head();

  /// What was captured of the answer's body.
  CapturedBody body();

  /// A complete answer was read.
  ///
  /// @param answer its head
  record Answered(
      AnswerHead answer, CapturedBody body, PhaseTimings timings, ConnectionFacts connection)
      implements Attempt {

    @Override
    public Progress progress() {
      return Progress.ANSWERED;
    }

    @Override
    public Optional<AnswerHead> head() {
      return Optional.of(answer);
    }
  }

  /// No complete answer was read.
  ///
  /// @param breakage what kind of break
  /// @param phase the phase that broke; its time so far is in the timings
  /// @param progress never [Progress#ANSWERED]
  /// @param detail the trouble in words, for people: never parsed, redacted before it is kept
  record Broken(
      Breakage breakage,
      Phase phase,
      Progress progress,
      String detail,
      Optional<AnswerHead> head,
      CapturedBody body,
      PhaseTimings timings,
      ConnectionFacts connection)
      implements Attempt {

    public Broken {
      if (progress == Progress.ANSWERED) {
        throw new IllegalArgumentException("broken, yet answered");
      }
    }
  }
}
