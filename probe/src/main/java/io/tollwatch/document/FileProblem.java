package io.tollwatch.document;

import java.nio.file.Path;

/// One thing that is wrong in a configuration file: where it is, what is wrong, and what would be
/// right. Never repeats a secret. Immutable.
///
/// @param file the file, as the user named it
/// @param line from 1
/// @param column from 1
/// @param message what is wrong, without a full stop
/// @param hint what would be right, without a full stop
public record FileProblem(Path file, int line, int column, String message, String hint) {

  /// The problem on one line, in the form that editors and terminals turn into a link.
  public String text() {
    return "%s:%d:%d: %s; %s".formatted(file, line, column, message, hint);
  }
}
