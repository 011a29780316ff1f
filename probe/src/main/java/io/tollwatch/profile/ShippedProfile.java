package io.tollwatch.profile;

import io.tollwatch.document.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A profile from the files that come with Tollwatch: `stripe.yaml`, and `final/stripe.yaml` with
/// the rules that are final and where the gateway says so. Stateless. The build checks the files
/// against the schema; at run time they are only read.
final class ShippedProfile {

  private ShippedProfile() {}

  /// @throws IllegalStateException if the file is wrong
  static Profile read(String name) {
    String file = name + ".yaml";
    return Resources.document(
        file,
        root -> ProfileReader.read(root, new Source(file, true, Optional.empty(), marks(name))));
  }

  private static Marks marks(String name) {
    String file = "final/" + name + ".yaml";
    return Resources.exists(file)
        ? Resources.document(
            file, root -> new Marks(sources(root, "final"), sources(root, "beside").keySet()))
        : Marks.NONE;
  }

  private static Map<String, String> sources(Section root, String key) {
    Map<String, String> marks = new HashMap<>();
    for (Section group : root.sections(key)) {
      String source = group.text("source").orElse("");
      if (source.isBlank()) {
        group.wrong("source", " is missing", "say where the gateway documents it");
        continue;
      }
      for (String rule : group.texts("rules", List.of())) {
        marks.put(rule, source);
      }
    }
    return marks;
  }
}
