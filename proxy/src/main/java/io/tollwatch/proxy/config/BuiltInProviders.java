package io.tollwatch.proxy.config;

import io.tollwatch.document.Positions;
import io.tollwatch.document.Problems;
import io.tollwatch.document.SchemaCheck;
import io.tollwatch.document.YamlDocument;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The providers that need no configuration, from a shipped file in the user's own format: the
/// public endpoints of each gateway. Thread-safe.
public final class BuiltInProviders {

  /// The profile of a provider that nothing special is known about.
  public static final String GENERIC = "generic";

  private static final ObjectNode PROVIDERS = shipped();
  private static final Set<String> PROFILES = profileNames();

  private BuiltInProviders() {}

  /// The names of the profiles that built-in providers have, and `generic`.
  public static Set<String> profiles() {
    return PROFILES;
  }

  /// All providers: each of the file's over the built-in one of the same name, key by key.
  static ObjectNode under(JsonNode fromFile) {
    ObjectNode all = PROVIDERS.deepCopy();
    fromFile
        .properties()
        .forEach(entry -> all.set(entry.getKey(), merged(entry.getKey(), entry.getValue())));
    return all;
  }

  static Configuration configuration() {
    Path none = Path.of("built-in");
    Problems problems = new Problems(none, new Positions());
    ConfigBinder binder =
        new ConfigBinder(
            problems,
            new SecretReader(Map.of()),
            new OwnProfiles(none),
            new OwnChecks(none, new SecretReader(Map.of())));
    return binder.bind(JsonNodeFactory.instance.objectNode());
  }

  private static JsonNode merged(String name, JsonNode fromFile) {
    if (!(PROVIDERS.get(name) instanceof ObjectNode builtIn) || !fromFile.isObject()) {
      return fromFile;
    }
    ObjectNode merged = builtIn.deepCopy();
    if (fromFile.has("url")) {
      // The note says why there is no url.
      merged.remove("note");
    }
    fromFile.properties().forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
    return merged;
  }

  private static ObjectNode shipped() {
    String resource = "builtin-providers.yaml";
    Positions places = new Positions();
    Problems problems = new Problems(Path.of(resource), places);
    JsonNode tree =
        new YamlDocument(ConfigSchema.resource(resource), ConfigSchema.EMPTY_HINT, places, problems)
            .read()
            .orElseThrow();
    new SchemaCheck(ConfigSchema.SCHEMA, problems).check(tree);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.sorted().toString());
    }
    return (ObjectNode) tree.path("providers");
  }

  private static Set<String> profileNames() {
    Set<String> names = new TreeSet<>(Set.of(GENERIC));
    PROVIDERS.forEach(provider -> names.add(provider.path("profile").asString()));
    return Set.copyOf(names);
  }
}
