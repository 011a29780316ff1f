package io.tollwatch.proxy.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Reads configuration files: YAML, checked against the shipped schema and the rules between
/// settings, with all problems found in one run. Thread-safe.
public final class ConfigReader {

  private static final int MAX_BYTES = 1 << 20;

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
    Places places = new Places();
    Problems problems = new Problems(file, places);
    Optional<Configuration> configuration =
        text(file, problems)
            .flatMap(text -> new YamlDocument(text, places, problems).read())
            .map(document -> checked(document, problems));
    return configuration
        .filter(_ -> problems.isEmpty())
        .<ConfigReading>map(ConfigReading.Valid::new)
        .orElseGet(() -> new ConfigReading.Invalid(problems.sorted()));
  }

  private Configuration checked(JsonNode document, Problems problems) {
    new SchemaCheck(problems).check(document);
    return new ConfigBinder(problems, secrets, profiles).bind(document);
  }

  private static Optional<String> text(Path file, Problems problems) {
    if (!Files.isRegularFile(file)) {
      return unreadable(problems, "there is no such file", "name a configuration file that exists");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        return unreadable(problems, "the file is longer than 1 MiB", "shorten it");
      }
      return decoded(Files.readAllBytes(file), problems);
    } catch (IOException e) {
      return unreadable(problems, "the file can't be read", "let the sidecar's user read it");
    }
  }

  private static Optional<String> decoded(byte[] bytes, Problems problems) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    boolean malformed = StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError();
    String text = out.flip().toString();
    if (!malformed) {
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
    int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
    Place place = new Place(line, text.length() - text.lastIndexOf('\n'));
    problems.at(JsonPointer.empty(), place, "a byte that is not UTF-8", "save the file as UTF-8");
    return Optional.empty();
  }

  private static Optional<String> unreadable(Problems problems, String message, String hint) {
    problems.at(JsonPointer.empty(), Place.START, message, hint);
    return Optional.empty();
  }
}
