package io.tollwatch.profile;

import io.tollwatch.document.DocumentSchema;
import io.tollwatch.document.FileProblem;
import io.tollwatch.document.Positions;
import io.tollwatch.document.Problems;
import io.tollwatch.document.SchemaCheck;
import io.tollwatch.document.Section;
import io.tollwatch.document.Shown;
import io.tollwatch.document.TextFile;
import io.tollwatch.document.YamlDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// A profile from a user's own file, or all that is wrong with the file. Immutable.
///
/// @param profile empty if and only if there are problems
record UserProfile(Optional<Profile> profile, List<FileProblem> problems) {

  private static final DocumentSchema SCHEMA =
      DocumentSchema.of(Resources.text("profile.schema.json"));

  /// What an extension must leave as it is, since the gate and the reconciler rely on it.
  private static final List<String> SHIPPED_ONLY =
      List.of("answers", "amounts", "idempotency", "lookup", "webhooks");

  static UserProfile read(Path file, Profiles shipped) {
    Positions places = new Positions();
    Problems problems = new Problems(file, places);
    Optional<Profile> profile =
        TextFile.read(file, "a profile file", problems)
            .flatMap(
                text -> new YamlDocument(text, "write name: and version:", places, problems).read())
            .map(document -> checked(document, file, shipped, problems));
    return new UserProfile(profile.filter(_ -> problems.isEmpty()), problems.sorted());
  }

  private static Profile checked(
      JsonNode document, Path file, Profiles shipped, Problems problems) {
    new SchemaCheck(SCHEMA, problems).check(document);
    Section root = new Section(document, JsonPointer.empty(), problems);
    Optional<Profile> base = base(root, shipped);
    String name = Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
    Profile own = ProfileReader.read(root, new Source(name, false, base, Marks.NONE));
    forbid(root, base.isPresent());
    if (base.isEmpty() && shipped.names().contains(own.name()) && !root.has("extends")) {
      root.wrong("name", " is the name of a shipped profile", "add extends: " + own.name());
    }
    return base.map(shippedOne -> ProfileReader.extended(shippedOne, own)).orElse(own);
  }

  private static Optional<Profile> base(Section root, Profiles shipped) {
    Optional<String> name = root.text("extends");
    if (name.isEmpty() || shipped.names().contains(name.get())) {
      return name.map(shipped::byName);
    }
    String nearest =
        Shown.nearest(name.get(), shipped.names())
            .map(known -> "did you mean " + known + "?")
            .orElse("the shipped profiles are " + String.join(", ", shipped.names()));
    root.wrong("extends", " names no shipped profile", nearest);
    return Optional.empty();
  }

  private static void forbid(Section root, boolean extension) {
    Section secrets = root.section("secrets");
    if (secrets.has("exempt")) {
      secrets.wrongKey("exempt", " stands only in shipped profiles", "remove it");
    }
    for (String key : SHIPPED_ONLY) {
      if (extension && root.has(key)) {
        root.wrongKey(
            key,
            " can't be changed by an extension",
            "remove it, or write a profile of your own without extends");
      }
    }
  }
}
