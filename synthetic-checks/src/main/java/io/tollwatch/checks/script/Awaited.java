package io.tollwatch.checks.script;

import java.time.Duration;
import java.util.List;

/// A webhook that must come after a step. Immutable.
///
/// @param within how long it may take after the step's answer; default 2m
/// @param says what must stand in it; what says something else is passed over
public record Awaited(Duration within, List<Assertion> says) {

  public Awaited {
    says = List.copyOf(says);
  }
}
