package io.tollwatch.checks.script;

import io.tollwatch.document.Section;
import io.tollwatch.document.Shown;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/// The providers that checks may call. Thread-safe as far as its parts are.
///
/// @param names of all
/// @param byName gives each of them
public record Entries(SortedSet<String> names, Function<String, Optional<Entry>> byName) {

  Optional<Entry> find(String name) {
    return byName.apply(name);
  }

  String hint(Section check) {
    return Shown.nearest(check.text("provider").orElse(""), names)
        .map(nearest -> "did you mean " + nearest + "?")
        .orElse("the providers are " + String.join(", ", names));
  }
}
