package io.tollwatch.profile;

/// The line of a file that something was read from. Immutable.
///
/// @param file the file's name
/// @param line from 1
/// @param shipped whether the file comes with Tollwatch: what a user wrote decides verdicts, but
///   never opens the gate
public record Origin(String file, int line, boolean shipped) {

  /// As it is shown, such as `stripe.yaml:48`.
  public String text() {
    return file + ":" + line;
  }
}
