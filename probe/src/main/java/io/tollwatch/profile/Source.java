package io.tollwatch.profile;

import java.util.Optional;

/// What a profile's file is. Immutable.
///
/// @param file its name
/// @param shipped whether it comes with Tollwatch
/// @param base what it extends
/// @param marks which of its rules are final; always empty for a user's file
record Source(String file, boolean shipped, Optional<Profile> base, Marks marks) {

  Source {
    if (!shipped && !marks.isEmpty()) {
      throw new IllegalArgumentException("a user's file with final marks: " + file);
    }
  }

  Origin origin(int line) {
    return new Origin(file, line, shipped);
  }
}
