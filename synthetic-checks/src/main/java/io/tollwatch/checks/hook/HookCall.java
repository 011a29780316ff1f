package io.tollwatch.checks.hook;

import io.tollwatch.attempt.Fields;

/// A webhook that came. Immutable; as secret as its body.
public record HookCall(Fields fields, String body) {

  /// Without its body.
  @Override
  public String toString() {
    return "HookCall[" + body.length() + " characters]";
  }
}
