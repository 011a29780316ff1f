package io.tollwatch.checks.run;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a step of a run came to. Immutable, redacted.
///
/// @param outcome empty if nothing was sent
/// @param captures what was captured, masked where it may not be kept
/// @param reason why it failed or was skipped, for people
public record StepResult(
    String name,
    State state,
    Optional<Intent> intent,
    Optional<Outcome> outcome,
    List<Finding> findings,
    Map<String, String> captures,
    Optional<String> reason) {

  public StepResult {
    findings = List.copyOf(findings);
    captures = Map.copyOf(captures);
  }

  /// How a step ended.
  public enum State {
    PASSED,
    FAILED,
    /// It was not its turn, or there was nothing to do.
    SKIPPED;

    /// The word as it stands in JSON, metrics and on pages.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static StepResult skipped(String name, String reason) {
    return new StepResult(
        name,
        State.SKIPPED,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of(),
        Optional.of(reason));
  }

  static StepResult failed(String name, String reason) {
    return new StepResult(
        name,
        State.FAILED,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of(),
        Optional.of(reason));
  }
}
