package io.tollwatch.routing;

/// What the gate says. Immutable.
public sealed interface Ruling {

  /// The call may go to another provider.
  record Open() implements Ruling {}

  /// It may not.
  ///
  /// @param rung the first one that shuts the gate
  /// @param reason one line for people
  record Shut(Rung rung, String reason) implements Ruling {}
}
