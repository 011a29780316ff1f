package io.tollwatch.checks.hook;

import io.tollwatch.attempt.Fields;
import java.util.Optional;

/// A webhook that came. Immutable; as secret as its body.
///
/// @param exchange as what the ledger has it, if it does
public record HookCall(Fields fields, String body, Optional<String> exchange) {

  /// Without its body.
  @Override
  public String toString() {
    return "HookCall[" + body.length() + " characters]";
  }
}
