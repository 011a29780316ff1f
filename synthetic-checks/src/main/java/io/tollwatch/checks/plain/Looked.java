package io.tollwatch.checks.plain;

import io.tollwatch.checks.script.Finding;
import java.util.List;
import java.util.Map;

/// What a plain probe saw. Immutable; holds text from outside, cut but not redacted.
///
/// @param findings what was expected, and what was found
/// @param facts by name, for people
public record Looked(List<Finding> findings, Map<String, String> facts) {

  public Looked {
    findings = List.copyOf(findings);
    facts = Map.copyOf(facts);
  }

  static Looked failed(String expected, String found) {
    return new Looked(List.of(new Finding(expected, found, false)), Map.of());
  }
}
