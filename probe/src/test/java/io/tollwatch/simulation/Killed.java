package io.tollwatch.simulation;

/// The process was killed while this ran. No exception, so that nobody can treat it as trouble.
final class Killed extends Error {

  private static final long serialVersionUID = 1;

  Killed() {
    super("killed", null, false, false);
  }
}
