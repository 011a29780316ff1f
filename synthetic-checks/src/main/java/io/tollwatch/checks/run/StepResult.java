package io.tollwatch.checks.run;

import io.tollwatch.checks.plain.Looked;
import io.tollwatch.checks.script.Finding;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.redaction.Redactor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a step of a run came to. Immutable, redacted.
///
/// @param outcome empty if nothing was sent
/// @param captures what was captured, or what a probe saw, masked where it may not be kept
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

  /// Of a plain probe.
  static StepResult looked(String name, Looked looked, Redactor redactor) {
    List<Finding> findings =
        looked.findings().stream()
            .map(each -> new Finding(each.expected(), redactor.text(each.found()), each.holds()))
            .toList();
    Map<String, String> facts = new HashMap<>();
    looked.facts().forEach((fact, text) -> facts.put(fact, redactor.text(text)));
    Optional<String> failure = firstOf(findings);
    return new StepResult(
        name,
        failure.isEmpty() ? State.PASSED : State.FAILED,
        Optional.empty(),
        Optional.empty(),
        findings,
        facts,
        failure);
  }

  /// The first finding that does not hold, in words.
  static Optional<String> firstOf(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> !finding.holds())
        .map(finding -> "expected " + finding.expected() + ", found " + finding.found())
        .findFirst();
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
