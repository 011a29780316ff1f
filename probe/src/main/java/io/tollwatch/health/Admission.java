package io.tollwatch.health;

import io.tollwatch.exchange.BreakerState;

/// Whether a call may be made now. Immutable.
public sealed interface Admission {

  /// It may.
  record Granted(Permit permit) implements Admission {}

  /// It may not.
  ///
  /// @param reason one line for people
  record Denied(BreakerState state, String reason) implements Admission {}
}
