package io.tollwatch.profile;

import io.tollwatch.taxonomy.Action;
import java.util.Optional;
import java.util.Set;

/// What a gateway itself says about trying again; it beats the tables. Immutable. It is not read of
/// an answer that is a decline or a success.
///
/// @param at where it stands
/// @param value what must stand there; empty for anything
/// @param beats the actions that it replaces; empty for any
/// @param action what to do instead
/// @param inDoubt whether it also means that a refusal is not the last word
public record Hint(
    Place at, Optional<String> value, Set<Action> beats, Action action, boolean inDoubt) {

  public Hint {
    beats = Set.copyOf(beats);
  }

  /// Whether the answer has this hint.
  public boolean given(Message answer) {
    Optional<String> text = at.text(answer);
    return text.isPresent() && (value.isEmpty() || value.equals(text));
  }
}
