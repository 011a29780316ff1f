package io.tollwatch.checks.run;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.profile.Message;
import java.util.List;
import java.util.Optional;

/// What came of sending a step. Immutable; as secret as the answer.
///
/// @param intent of the last attempt
/// @param earlier what came of attempts before the last: through a channel there may be some
/// @param message the answer, if one came whole
/// @param body its text; empty without one
/// @param refused why nothing was sent, or why the answer was given up; empty if neither was
record StepAnswer(
    Optional<Intent> intent,
    Optional<Outcome> outcome,
    List<Outcome> earlier,
    Optional<Message> message,
    String body,
    Optional<String> refused) {

  static StepAnswer refused(String reason) {
    return new StepAnswer(
        Optional.empty(), Optional.empty(), List.of(), Optional.empty(), "", Optional.of(reason));
  }
}
