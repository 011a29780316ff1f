package io.tollwatch.checks.script;

import io.tollwatch.document.FileProblem;
import java.util.List;

/// What came out of reading a file of checks. Immutable.
public sealed interface CheckReading {

  /// The file is right as a whole.
  ///
  /// @param checks in the order of the file
  record Valid(List<Check> checks) implements CheckReading {

    public Valid {
      checks = List.copyOf(checks);
    }
  }

  /// The file is wrong: all its problems in the order of their places, at least one.
  record Invalid(List<FileProblem> problems) implements CheckReading {

    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("no problem");
      }
    }
  }
}
