package io.tollwatch.proxy.config;

import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.CheckReader;
import io.tollwatch.checks.script.CheckReading;
import io.tollwatch.document.FileProblem;
import io.tollwatch.document.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;

/// Reads the checks that a configuration file names, from paths that are relative to that file's
/// folder: files, or folders whose `.yaml` and `.yml` files are read. Confined to one reading.
final class OwnChecks {

  private static final int MOST = 1_000;

  private final Path configuration;
  private final SecretReader secrets;
  private final List<FileProblem> problems = new ArrayList<>();

  /// @param configuration the file that names them
  OwnChecks(Path configuration, SecretReader secrets) {
    this.configuration = configuration;
    this.secrets = secrets;
  }

  /// What is wrong inside the files of checks, file by file.
  List<FileProblem> problems() {
    return problems;
  }

  /// The settings and checks under the key `checks`.
  ///
  /// @param known whose providers checks may call
  ChecksConfig bind(Section root, Configuration known) {
    Section section = root.section("checks");
    CheckReader reader = new CheckReader(CheckEntries.of(known), new CheckSecrets(secrets));
    Map<String, Path> places = new HashMap<>();
    List<Check> all = new ArrayList<>();
    List<String> named = section.texts("files", List.of());
    for (int i = 0; i < named.size(); i++) {
      JsonPointer place = section.at("files").appendIndex(i);
      for (Path file : files(named.get(i), place, section)) {
        List<Check> found = read(reader, file);
        found.forEach(check -> once(check, file, places, place, section));
        all.addAll(found);
      }
    }
    List<Check> scheduled = all.stream().filter(each -> each.schedule().isPresent()).toList();
    if (scheduled.size() > MOST) {
      section.wrong("files", " have more than " + MOST + " checks with a schedule", "remove some");
    }
    return new ChecksConfig(
        section.integer("at-once", ChecksConfig.defaults().atOnce()),
        section.duration("leak-after", ChecksConfig.LEAK_AFTER),
        scheduled);
  }

  private static void once(
      Check check, Path file, Map<String, Path> places, JsonPointer place, Section section) {
    Path before = places.putIfAbsent(check.name(), file);
    if (before != null) {
      section.wrong(
          place,
          ": the check " + check.name() + " of " + file + " is in " + before + " too",
          "give one of the two another name");
    }
  }

  private List<Check> read(CheckReader reader, Path file) {
    return switch (reader.read(file)) {
      case CheckReading.Valid(List<Check> checks) -> checks;
      case CheckReading.Invalid(List<FileProblem> wrong) -> {
        problems.addAll(wrong);
        yield List.of();
      }
    };
  }

  private List<Path> files(String name, JsonPointer place, Section section) {
    try {
      Path path = configuration.resolveSibling(name);
      if (Files.isRegularFile(path)) {
        return List.of(path);
      }
      if (Files.isDirectory(path)) {
        return in(path);
      }
      section.wrong(
          place,
          ": there is no such file or folder",
          "name files of checks, or folders with some, relative to the folder of this file");
    } catch (InvalidPathException e) {
      section.wrong(place, " is not a path", "write the path of a file or folder");
    } catch (IOException e) {
      section.wrong(place, ": the folder can't be read: " + e.getMessage(), "let it be read");
    }
    return List.of();
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).filter(OwnChecks::isYaml).sorted().toList();
    }
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }
}
