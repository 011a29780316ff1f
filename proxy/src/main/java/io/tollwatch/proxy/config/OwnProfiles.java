package io.tollwatch.proxy.config;

import io.tollwatch.document.FileProblem;
import io.tollwatch.document.Section;
import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.ProfilesReading;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the profiles that a configuration file names, from paths that are relative to that file's
/// folder. Confined to one reading.
final class OwnProfiles {

  private final Path configuration;
  private final List<FileProblem> problems = new ArrayList<>();

  /// @param configuration the file that names them
  OwnProfiles(Path configuration) {
    this.configuration = configuration;
  }

  /// What is wrong inside the profiles' files, file by file.
  List<FileProblem> problems() {
    return problems;
  }

  /// The shipped profiles and those of the files under the key `profiles`. Where a file is wrong
  /// there is a problem, and the shipped ones come back alone.
  Profiles bind(Section root) {
    List<Path> files = new ArrayList<>();
    List<String> named = root.texts("profiles", List.of());
    for (int i = 0; i < named.size(); i++) {
      add(named.get(i), i, root, files);
    }
    return switch (Profiles.of(Profiles.shipped(), files)) {
      case ProfilesReading.Valid(Profiles all) -> all;
      case ProfilesReading.Invalid(List<FileProblem> wrong) -> {
        problems.addAll(wrong);
        yield Profiles.shipped();
      }
    };
  }

  private void add(String name, int index, Section root, List<Path> files) {
    var place = root.at("profiles").appendIndex(index);
    try {
      Path file = configuration.resolveSibling(name);
      if (Files.isRegularFile(file)) {
        files.add(file);
      } else {
        root.wrong(
            place,
            ": there is no such file",
            "name a profile file, relative to the folder of this file");
      }
    } catch (InvalidPathException e) {
      root.wrong(place, " is not a path", "write the path of a profile file");
    }
  }
}
