package io.tollwatch.profile;

import io.tollwatch.document.Section;
import java.util.Optional;

/// Sets of rules that several tables of a profile have in common, such as those of a code that
/// stands in one place in JSON and in another in XML: those under `sets` of the profile's file, and
/// the codes of the card networks, which gateways pass on. Confined to one reading.
final class SharedRules {

  /// The networks' sets, by file and name, as `networks/visa`.
  private static final String NETWORKS = "networks";

  /// A set and the file that it stands in.
  record Named(Section rows, Source source) {}

  private final Section sets;
  private final Source source;

  SharedRules(Section root, Source source) {
    this.sets = root.section("sets");
    this.source = source;
  }

  /// The set that a table names; one that is not there is a problem.
  Optional<Named> of(Section table) {
    Optional<String> name = table.text("rules-of");
    Optional<Named> set = name.flatMap(this::find);
    if (name.isPresent() && set.isEmpty()) {
      table.wrong("rules-of", " names no set of rules", "name one of sets, or of the networks");
    }
    return set;
  }

  private Optional<Named> find(String name) {
    if (!name.startsWith(NETWORKS + "/")) {
      return sets.optional(name).map(rows -> new Named(rows, source));
    }
    String file = NETWORKS + ".yaml";
    Source networks = new Source(file, source.shipped(), Optional.empty(), Marks.NONE);
    return Resources.document(
        file,
        root ->
            root.section("sets")
                .optional(name.substring(NETWORKS.length() + 1))
                .map(rows -> new Named(rows, networks)));
  }
}
