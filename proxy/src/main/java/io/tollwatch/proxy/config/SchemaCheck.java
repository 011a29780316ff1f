package io.tollwatch.proxy.config;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Says breaches of the schema in words for the person who wrote the file. Values are never
/// repeated: the place shows them, and any of them may be a misplaced secret. Confined to one
/// reading.
final class SchemaCheck {

  private static final String SECRET = "/$defs/secret";

  private final Problems problems;

  SchemaCheck(Problems problems) {
    this.problems = problems;
  }

  void check(JsonNode document) {
    for (Error breach : ConfigSchema.breaches(document)) {
      JsonPointer at = JsonPointer.compile(breach.getInstanceLocation().toString());
      JsonPointer rule = JsonPointer.compile(breach.getSchemaLocation().getFragment().toString());
      // What the branches of an alternative say is summed up by the alternative itself.
      if (!rule.toString().contains("/oneOf/")) {
        report(breach, at, rule, ConfigSchema.tree().at(rule.head()));
      }
    }
  }

  private void report(Error breach, JsonPointer at, JsonPointer rule, JsonNode schema) {
    String path = Shown.path(at);
    switch (breach.getKeyword()) {
      case "additionalProperties" -> unknownKey(at, breach.getProperty(), rule, schema);
      case "propertyNames" ->
          problems.atKey(
              at.appendProperty(breach.getProperty()),
              Shown.key(breach.getProperty()) + " is not a provider name",
              hint(ConfigSchema.tree().at("/$defs/provider-name")));
      case "required" ->
          problems.atKey(
              at, path + " has no " + breach.getProperty(), "add " + breach.getProperty());
      case "type" -> wrongType(at, breach.getInstanceNode(), rule, schema);
      case "oneOf" -> eitherOr(at, breach.getInstanceNode(), schema);
      case "minimum", "maximum", RangeKeyword.NAME ->
          problems.atValue(at, path + " is out of range", "use a value " + bounds(schema));
      case "minItems", "maxItems", "minProperties", "maxProperties" ->
          problems.atValue(at, path + " has too few or too many entries", count(schema));
      default -> problems.atValue(at, path + " is not " + title(schema), hint(schema));
    }
  }

  private void unknownKey(JsonPointer at, String key, JsonPointer rule, JsonNode schema) {
    List<String> known = new ArrayList<>(schema.path("properties").propertyNames());
    // A key inside a reference to a secret may be the secret itself.
    String shown = isSecret(rule) ? "" : " " + Shown.key(key);
    String where = at.matches() ? "" : " in " + Shown.path(at);
    problems.atKey(
        at.appendProperty(key),
        "unknown key" + shown + where,
        Shown.nearest(key, known)
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("the keys here are " + String.join(", ", known)));
  }

  private void wrongType(JsonPointer at, JsonNode found, JsonPointer rule, JsonNode schema) {
    String path = Shown.path(at);
    if (found.isNull()) {
      problems.atValue(at, path + " has no value", "give it one, or remove the key");
    } else if (isSecret(rule)) {
      problems.atValue(
          at, path + " holds a literal value where a reference to a secret belongs", hint(schema));
    } else {
      problems.atValue(at, path + " is " + kind(found) + ", not " + title(schema), hint(schema));
    }
  }

  private void eitherOr(JsonPointer at, JsonNode found, JsonNode schema) {
    if (found.isObject()) {
      problems.atValue(at, Shown.path(at) + " needs either env or file", hint(schema));
    }
  }

  private static boolean isSecret(JsonPointer rule) {
    return rule.toString().startsWith(SECRET);
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "a map";
      case ARRAY -> "a list";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      case STRING -> "text";
      default -> node.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String title(JsonNode schema) {
    return schema.path("title").asString("what is expected here");
  }

  private static String hint(JsonNode schema) {
    if (schema.has("x-hint")) {
      return "write " + schema.path("x-hint").asString();
    }
    if (schema.path("type").asString("").equals("object")) {
      return "write a map of keys: " + String.join(", ", schema.path("properties").propertyNames());
    }
    return schema.has("minimum")
        ? "write a whole number " + bounds(schema)
        : "write " + title(schema);
  }

  private static String bounds(JsonNode schema) {
    JsonNode range = schema.path(RangeKeyword.NAME);
    return range.isMissingNode()
        ? "from " + schema.path("minimum") + " to " + schema.path("maximum")
        : "from " + range.path(0).asString() + " to " + range.path(1).asString();
  }

  private static String count(JsonNode schema) {
    String least = schema.has("minItems") ? "at least " + schema.path("minItems") + ", " : "";
    String most = schema.path("maxItems").asString(schema.path("maxProperties").asString("any"));
    return "use " + least + "at most " + most;
  }
}
