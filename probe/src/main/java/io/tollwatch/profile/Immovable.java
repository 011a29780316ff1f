package io.tollwatch.profile;

import com.google.re2j.Pattern;
import io.tollwatch.taxonomy.Operation;
import java.util.Optional;
import java.util.Set;

/// Requests that can't go to another account. Immutable.
///
/// @param operations only these; empty for any
/// @param at only if something stands there; empty for any request
/// @param matches and only if the text there matches as a whole
public record Immovable(
    Why why, Set<Operation> operations, Optional<Place> at, Optional<Pattern> matches) {

  public Immovable {
    operations = Set.copyOf(operations);
  }

  /// Why a request can't move.
  public enum Why {
    /// Its signature was made with the account's key.
    SIGNED,
    /// The account, or its credential, stands in the request.
    ACCOUNT,
    /// It carries a token that only this account can use, and once.
    SINGLE_USE_TOKEN,
    /// What it works on lies at this account.
    OBJECT
  }

  /// Whether this holds for a request.
  public boolean holds(Operation operation, Message request) {
    if (!operations.isEmpty() && !operations.contains(operation)) {
      return false;
    }
    return at.isEmpty()
        || at.get().texts(request).stream()
            .anyMatch(text -> matches.isEmpty() || matches.get().matches(text));
  }
}
