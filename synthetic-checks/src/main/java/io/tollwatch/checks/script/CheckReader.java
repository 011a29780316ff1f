package io.tollwatch.checks.script;

import io.tollwatch.document.DocumentSchema;
import io.tollwatch.document.FileProblem;
import io.tollwatch.document.Positions;
import io.tollwatch.document.Problems;
import io.tollwatch.document.SchemaCheck;
import io.tollwatch.document.Section;
import io.tollwatch.document.TextFile;
import io.tollwatch.document.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Reads files of checks: YAML, checked against the shipped schema and the rules between steps,
/// with all problems found in one run. Reads secrets too; asks nothing of the network. Thread-safe.
public final class CheckReader {

  private static final String RESOURCE = "checks.schema.json";
  private static final String EMPTY_HINT = "write checks: with a check in it";

  private final Entries entries;
  private final SecretLookup secrets;

  /// @param entries the providers and channels that checks may call
  public CheckReader(Entries entries, SecretLookup secrets) {
    this.entries = entries;
    this.secrets = secrets;
  }

  /// The JSON Schema of files of checks, for editors.
  public static String schemaText() {
    try (InputStream in = CheckReader.class.getResourceAsStream(RESOURCE)) {
      return new String(
          Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a file.
  public CheckReading read(Path file) {
    Positions places = new Positions();
    Problems problems = new Problems(file, places);
    return result(
        TextFile.read(file, "a file of checks", problems)
            .flatMap(text -> parsed(text, places, problems)),
        problems);
  }

  /// Reads a text.
  ///
  /// @param name what problems call the file
  public CheckReading read(String text, Path name) {
    Positions places = new Positions();
    Problems problems = new Problems(name, places);
    return result(parsed(text, places, problems), problems);
  }

  private Optional<List<Check>> parsed(String text, Positions places, Problems problems) {
    return new YamlDocument(text, EMPTY_HINT, places, problems)
        .read()
        .map(document -> checked(document, problems));
  }

  private static CheckReading result(Optional<List<Check>> checks, Problems problems) {
    List<FileProblem> found = problems.sorted();
    return checks
        .filter(_ -> found.isEmpty())
        .<CheckReading>map(CheckReading.Valid::new)
        .orElseGet(() -> new CheckReading.Invalid(found));
  }

  private List<Check> checked(JsonNode document, Problems problems) {
    new SchemaCheck(DocumentSchema.of(schemaText()), problems).check(document);
    Section all = new Section(document, JsonPointer.empty(), problems).section("checks");
    List<Check> checks = new ArrayList<>();
    for (String name : all.keys()) {
      Section section = all.section(name);
      Map<String, Entry> reached = entries.reached(section);
      Check check = new CheckBinder(section, secrets).bind(name);
      checks.add(check);
      if (!reached.isEmpty()) {
        new Soundness(section, check, reached).check();
      }
    }
    return checks;
  }
}
