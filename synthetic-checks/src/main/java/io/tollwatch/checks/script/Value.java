package io.tollwatch.checks.script;

/// What stands for a name in a template. Immutable.
///
/// @param number whether it is a number, and stays one in JSON
/// @param secret whether it must never be shown or kept
public record Value(String text, boolean number, boolean secret) {

  /// A text that may be shown.
  public static Value of(String text) {
    return new Value(text, false, false);
  }

  /// Without a secret.
  @Override
  public String toString() {
    return secret ? "***" : text;
  }
}
