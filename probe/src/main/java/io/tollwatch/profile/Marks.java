package io.tollwatch.profile;

import java.util.Map;
import java.util.Set;

/// What a gateway's file of final marks says, of rules by their names without the profile's, such
/// as `code/CARD_EXPIRED`. Immutable.
///
/// @param sources where the gateway documents of a rule that it is final
/// @param beside the rules that are not final themselves, but say nothing against one that is: what
///   it was refused with in general
record Marks(Map<String, String> sources, Set<String> beside) {

  /// There are none.
  static final Marks NONE = new Marks(Map.of(), Set.of());

  Marks {
    sources = Map.copyOf(sources);
    beside = Set.copyOf(beside);
  }

  boolean isEmpty() {
    return sources.isEmpty() && beside.isEmpty();
  }
}
