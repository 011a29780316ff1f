package io.tollwatch.checks.record;

import java.util.List;

/// A check that was written from recorded exchanges. Immutable, redacted.
///
/// @param yaml a file of checks
/// @param notes what a person must still do, a line each
/// @param cleansUp whether what it takes is given back
public record Recorded(String yaml, List<String> notes, boolean cleansUp) {

  public Recorded {
    notes = List.copyOf(notes);
  }
}
