package io.tollwatch.exchange;

import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Progress;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.Observation;
import io.tollwatch.verdict.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// What came of an intent: kept after the last byte. Immutable, redacted.
///
/// @param id the exchange's id
/// @param broken how it broke; empty if it was answered, or if Tollwatch died before its end
/// @param answer the provider's answer; of a broken attempt what came of it, if anything
/// @param clientStatus the status that the caller got, 0 if the caller or Tollwatch was gone
/// @param clientGone whether the caller went away before it had its answer
/// @param payment the gateway's id of the payment, as it answered
/// @param decisions what was decided of this payment afterwards: whether it may go to another
///   provider, and why not
public record Outcome(
    String id,
    Progress progress,
    Optional<Break> broken,
    Optional<Answer> answer,
    PhaseTimings timings,
    ConnectionFacts connection,
    Verdict verdict,
    int clientStatus,
    boolean clientGone,
    Optional<String> payment,
    List<Decision> decisions)
    implements Entry {

  public Outcome {
    // records written before there were channels have none
    decisions = List.copyOf(Objects.requireNonNullElse(decisions, List.of()));
  }

  /// An outcome of which nothing was decided.
  public Outcome(
      String id,
      Progress progress,
      Optional<Break> broken,
      Optional<Answer> answer,
      PhaseTimings timings,
      ConnectionFacts connection,
      Verdict verdict,
      int clientStatus,
      boolean clientGone) {
    this(
        id,
        progress,
        broken,
        answer,
        timings,
        connection,
        verdict,
        clientStatus,
        clientGone,
        Optional.empty(),
        List.of());
  }

  /// This outcome, with what was decided after it.
  public Outcome with(List<Decision> made) {
    return new Outcome(
        id,
        progress,
        broken,
        answer,
        timings,
        connection,
        verdict,
        clientStatus,
        clientGone,
        payment,
        made);
  }

  /// What the payment's place in its channel goes by (P1): a payment that was sent, and that only a
  /// user's rule calls not taken, may have been.
  public Money claimed() {
    Money money = verdict.money();
    boolean notTaken = money == Money.REJECTED || money == Money.NOT_SENT;
    return notTaken && verdict.trail().byUser() && progress != Progress.UNSENT
        ? Money.IN_DOUBT
        : money;
  }

  /// What may be judged of it again later (P6).
  ///
  /// @throws IllegalArgumentException if it was not judged by that in the first place: a call that
  ///   was not made, or whose end nobody saw
  public Observation seen() {
    return new Observation(
        progress,
        broken.map(Break::breakage),
        broken.map(Break::phase),
        answer.map(it -> OptionalInt.of(it.status())).orElse(OptionalInt.empty()),
        answer.map(Answer::fields).orElse(Fields.none()),
        answer.map(Answer::body).orElse(KeptBody.empty()));
  }
}
