package io.tollwatch.verdict;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Progress;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.timing.Phase;
import java.util.Optional;
import java.util.OptionalInt;

/// What is kept of an attempt and may be judged, now and again later (P6). Immutable, redacted.
///
/// @param breakage how it broke; empty if and only if it was answered
/// @param brokenPhase the phase that broke
/// @param status of the answer, or of what came of one
/// @param fields the allow-listed answer fields
/// @param body what is kept of the answer's body
public record Observation(
    Progress progress,
    Optional<Breakage> breakage,
    Optional<Phase> brokenPhase,
    OptionalInt status,
    Fields fields,
    KeptBody body) {

  public Observation {
    boolean answered = progress == Progress.ANSWERED;
    if (answered == breakage.isPresent() || (answered && status.isEmpty())) {
      throw new IllegalArgumentException("%s, %s, %s".formatted(progress, breakage, status));
    }
  }

  /// A complete answer.
  public static Observation answered(int status, Fields fields, KeptBody body) {
    return new Observation(
        Progress.ANSWERED,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(status),
        fields,
        body);
  }

  /// A break without an answer's head.
  public static Observation broken(Breakage breakage, Phase phase, Progress progress) {
    return new Observation(
        progress,
        Optional.of(breakage),
        Optional.of(phase),
        OptionalInt.empty(),
        Fields.none(),
        KeptBody.empty());
  }

  /// A break in the middle of an answer.
  public static Observation cut(
      Breakage breakage, Phase phase, int status, Fields fields, KeptBody body) {
    return new Observation(
        Progress.MAYBE_SENT,
        Optional.of(breakage),
        Optional.of(phase),
        OptionalInt.of(status),
        fields,
        body);
  }
}
