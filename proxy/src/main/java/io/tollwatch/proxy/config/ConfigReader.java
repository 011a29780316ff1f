package io.tollwatch.proxy.config;

import io.tollwatch.document.FileProblem;
import io.tollwatch.document.Positions;
import io.tollwatch.document.Problems;
import io.tollwatch.document.SchemaCheck;
import io.tollwatch.document.TextFile;
import io.tollwatch.document.YamlDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads configuration files: YAML, checked against the shipped schema and the rules between
/// settings, with all problems found in one run, those of the profiles and checks that it names
/// among them. Thread-safe.
public final class ConfigReader {

  private final SecretReader secrets;

  /// @param environment where references like `{env: NAME}` look
  public ConfigReader(Map<String, String> environment) {
    this.secrets = new SecretReader(environment);
  }

  /// Reads a file whole: its secrets, certificates, keys and profiles too, but nothing from the
  /// network.
  public ConfigReading read(Path file) {
    Positions places = new Positions();
    Problems problems = new Problems(file, places);
    OwnProfiles profiles = new OwnProfiles(file);
    OwnChecks checks = new OwnChecks(file, secrets);
    Optional<Configuration> configuration =
        TextFile.read(file, "a configuration file", problems)
            .flatMap(
                text -> new YamlDocument(text, ConfigSchema.EMPTY_HINT, places, problems).read())
            .map(document -> checked(document, profiles, checks, problems));
    List<FileProblem> all = new ArrayList<>(problems.sorted());
    all.addAll(profiles.problems());
    all.addAll(checks.problems());
    return configuration
        .filter(_ -> all.isEmpty())
        .<ConfigReading>map(ConfigReading.Valid::new)
        .orElseGet(() -> new ConfigReading.Invalid(all));
  }

  private Configuration checked(
      JsonNode document, OwnProfiles profiles, OwnChecks checks, Problems problems) {
    new SchemaCheck(ConfigSchema.SCHEMA, problems).check(document);
    return new ConfigBinder(problems, secrets, profiles, checks).bind(document);
  }
}
