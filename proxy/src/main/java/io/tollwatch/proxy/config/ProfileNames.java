package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.document.Shown;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The names that a provider's `profile` may be. Immutable.
///
/// @param complete whether there can be no others; if not, any name may be meant
record ProfileNames(Set<String> known, boolean complete) {

  ProfileNames {
    known = Set.copyOf(known);
  }

  /// The profile of a provider: what its section says, else its own name where that is one, else
  /// `generic`.
  String of(String provider, Section section) {
    Optional<String> named = section.text("profile");
    if (named.isPresent() && complete && !known.contains(named.get())) {
      section.wrong(
          "profile",
          " names no known profile",
          Shown.nearest(named.get(), known)
              .map(nearest -> "did you mean " + nearest + "?")
              .orElseGet(() -> "the known ones are " + String.join(", ", new TreeSet<>(known))));
    }
    return named.orElse(known.contains(provider) ? provider : BuiltInProviders.GENERIC);
  }
}
