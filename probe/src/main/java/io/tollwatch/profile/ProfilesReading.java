package io.tollwatch.profile;

import io.tollwatch.document.FileProblem;
import java.util.List;

/// What came out of reading users' profiles. Immutable.
public sealed interface ProfilesReading {

  /// All files are right.
  ///
  /// @param profiles the shipped ones and the users'
  record Valid(Profiles profiles) implements ProfilesReading {}

  /// Some file is wrong: all problems of all files, at least one.
  record Invalid(List<FileProblem> problems) implements ProfilesReading {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("no problem");
      }
    }
  }
}
