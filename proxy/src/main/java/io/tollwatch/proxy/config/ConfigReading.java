package io.tollwatch.proxy.config;

import io.tollwatch.document.FileProblem;
import java.util.List;

/// What came out of reading a configuration file. Immutable.
public sealed interface ConfigReading {

  /// The file is right as a whole.
  record Valid(Configuration configuration) implements ConfigReading {}

  /// The file is wrong: all its problems in the order of their places, then those of the profiles
  /// that it names; at least one.
  record Invalid(List<FileProblem> problems) implements ConfigReading {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("no problem");
      }
    }
  }
}
