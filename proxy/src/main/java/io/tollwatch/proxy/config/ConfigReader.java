package io.tollwatch.proxy.config;

import io.tollwatch.document.Positions;
import io.tollwatch.document.Problems;
import io.tollwatch.document.SchemaCheck;
import io.tollwatch.document.TextFile;
import io.tollwatch.document.YamlDocument;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads configuration files: YAML, checked against the shipped schema and the rules between
/// settings, with all problems found in one run. Thread-safe.
public final class ConfigReader {

  private final SecretReader secrets;
  private final Set<String> profiles;

  /// A reader that knows the profiles of the built-in providers.
  ///
  /// @param environment where references like `{env: NAME}` look
  public ConfigReader(Map<String, String> environment) {
    this(environment, BuiltInProviders.profiles());
  }

  /// @param environment where references like `{env: NAME}` look
  /// @param profiles the names of all profiles that a provider may have
  public ConfigReader(Map<String, String> environment, Set<String> profiles) {
    this.secrets = new SecretReader(environment);
    this.profiles = Set.copyOf(profiles);
  }

  /// Reads a file whole: its secrets, certificates and keys too, but nothing from the network.
  public ConfigReading read(Path file) {
    Positions places = new Positions();
    Problems problems = new Problems(file, places);
    Optional<Configuration> configuration =
        TextFile.read(file, "a configuration file", problems)
            .flatMap(
                text -> new YamlDocument(text, ConfigSchema.EMPTY_HINT, places, problems).read())
            .map(document -> checked(document, problems));
    return configuration
        .filter(_ -> problems.isEmpty())
        .<ConfigReading>map(ConfigReading.Valid::new)
        .orElseGet(() -> new ConfigReading.Invalid(problems.sorted()));
  }

  private Configuration checked(JsonNode document, Problems problems) {
    new SchemaCheck(ConfigSchema.SCHEMA, problems).check(document);
    return new ConfigBinder(problems, secrets, profiles).bind(document);
  }
}
