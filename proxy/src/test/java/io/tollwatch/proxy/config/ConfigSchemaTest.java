package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tollwatch.document.DurationText;
import io.tollwatch.document.SizeText;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ConfigSchemaTest {

  @TempDir Path folder;

  record Pair(String schema, Record defaults, Set<String> notInFile) {}

  static List<Pair> pairs() {
    return List.of(
        new Pair("", Configuration.builtIn(), Set.of("incomplete")),
        new Pair("/$defs/egress", EgressConfig.defaults(), Set.of()),
        new Pair("/$defs/admin", AdminConfig.defaults(), Set.of()),
        new Pair("/$defs/log", LogConfig.defaults(), Set.of()),
        new Pair("/$defs/ledger", LedgerConfig.defaults(), Set.of()),
        new Pair("/$defs/redaction", RedactionConfig.defaults(), Set.of()),
        new Pair("/$defs/breaker", BreakerConfig.defaults(), Set.of()),
        new Pair("/$defs/limits", LimitConfig.defaults(), Set.of()),
        new Pair("/$defs/journal", JournalConfig.defaults(), Set.of()),
        new Pair(
            "/$defs/provider",
            ProviderConfig.of("x", "generic", URI.create("https://x.example")),
            Set.of("name")),
        new Pair("/$defs/provider-reconcile", ReconcileConfig.defaults(), Set.of()),
        new Pair("/$defs/listen", ProviderListener.onPort(1), Set.of()));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void hasTheKeysOfTheRecords(Pair pair) {
    Set<String> components = new TreeSet<>();
    for (RecordComponent component : pair.defaults.getClass().getRecordComponents()) {
      if (!pair.notInFile.contains(component.getName())) {
        components.add(kebab(component.getName()));
      }
    }
    assertThat(Set.copyOf(properties(pair).propertyNames())).isEqualTo(components);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void hasTheDefaultsOfTheRecords(Pair pair) throws Exception {
    for (RecordComponent component : pair.defaults.getClass().getRecordComponents()) {
      JsonNode property = properties(pair).path(kebab(component.getName()));
      Object value = component.getAccessor().invoke(pair.defaults);
      if (property.has("default")) {
        assertThat(read(property.path("default"), value)).as(component.getName()).isEqualTo(value);
      } else if (value instanceof Optional<?> optional) {
        assertThat(optional).as(component.getName()).isEmpty();
      }
    }
  }

  @Test
  void describesEveryOptionWithItsDefaultAndBounds() {
    for (Pair pair : pairs()) {
      for (Map.Entry<String, JsonNode> option : properties(pair).properties()) {
        JsonNode schema = option.getValue();
        String description = schema.path("description").asString("");
        assertThat(description).as(option.getKey()).endsWith(".");
        if (schema.path("default").isString() || schema.path("default").isNumber()) {
          assertThat(description).contains("Default " + schema.path("default").asString());
        }
        if (schema.has("range")) {
          String from = schema.path("range").path(0).asString();
          String to = schema.path("range").path(1).asString();
          assertThat(description).contains("from " + from).contains("to " + to);
        }
      }
    }
  }

  @Test
  void coversEveryOptionInTheExampleWhichIsValid() {
    String example = ConfigSchema.resource("tollwatch.example.yaml");
    new ReadingFixture(folder).valid(example);
    for (Pair pair : pairs()) {
      assertThat(properties(pair).propertyNames())
          .allSatisfy(key -> assertThat(example).contains(key + ":"));
    }
  }

  @Test
  void keepsTheDefaultsOfTheBuiltInConfiguration() {
    Configuration builtIn = Configuration.builtIn();
    assertThat(builtIn.egress()).isEqualTo(EgressConfig.defaults());
    assertThat(builtIn.admin()).isEqualTo(AdminConfig.defaults());
    assertThat(builtIn.providers())
        .contains(
            entry(
                "paypal",
                ProviderConfig.of("paypal", "paypal", URI.create("https://api-m.paypal.com"))));
  }

  private static JsonNode properties(Pair pair) {
    return ConfigSchema.tree().at(pair.schema).path("properties");
  }

  /// A default of the schema as the type that the record has.
  private static Object read(JsonNode text, Object like) {
    return switch (like) {
      case Path _ -> Path.of(text.asString());
      case InetAddress _ -> InetAddress.ofLiteral(text.asString());
      case java.time.Duration _ -> DurationText.parse(text.asString()).orElseThrow().duration();
      case SizeText _ -> SizeText.parse(text.asString()).orElseThrow();
      case Enum<?> constant ->
          Arrays.stream(constant.getDeclaringClass().getEnumConstants())
              .filter(value -> value.toString().equalsIgnoreCase(text.asString()))
              .findFirst()
              .orElseThrow();
      case List<?> _ -> text.valueStream().map(JsonNode::asString).toList();
      case Boolean _ -> text.booleanValue();
      default -> text.intValue();
    };
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
