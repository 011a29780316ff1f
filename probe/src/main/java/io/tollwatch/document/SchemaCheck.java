package io.tollwatch.document;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Says breaches of the schema in words for the person who wrote the file. Values are never
/// repeated: the place shows them, and any of them may be a misplaced secret. Confined to one
/// reading.
public final class SchemaCheck {

  private static final String SECRET = "/$defs/secret";

  private final DocumentSchema schema;
  private final Problems problems;

  /// A check that adds what it finds to these problems.
  public SchemaCheck(DocumentSchema schema, Problems problems) {
    this.schema = schema;
    this.problems = problems;
  }

  /// Adds every breach of the schema.
  public void check(JsonNode document) {
    for (Error breach : schema.breaches(document)) {
      JsonPointer at = JsonPointer.compile(breach.getInstanceLocation().toString());
      JsonPointer rule = JsonPointer.compile(breach.getSchemaLocation().getFragment().toString());
      // What the branches of an alternative say is summed up by the alternative itself.
      if (!rule.toString().contains("/oneOf/")) {
        report(breach, at, rule, schema.tree().at(rule.head()));
      }
    }
  }

  private void report(Error breach, JsonPointer at, JsonPointer rule, JsonNode part) {
    String path = Shown.path(at);
    switch (breach.getKeyword()) {
      case "additionalProperties" -> unknownKey(at, breach.getProperty(), rule, part);
      case "propertyNames" -> wrongName(at, breach.getProperty(), part.path("propertyNames"));
      case "required" ->
          problems.atKey(
              at, path + " has no " + breach.getProperty(), "add " + breach.getProperty());
      case "type" -> wrongType(at, breach.getInstanceNode(), rule, part);
      case "oneOf" -> eitherOr(at, breach.getInstanceNode(), part);
      case "enum" -> problems.atValue(at, path + " is not " + title(part), choice(breach, part));
      case "minimum", "maximum", RangeKeyword.NAME ->
          problems.atValue(at, path + " is out of range", "use a value " + bounds(part));
      case "minItems", "maxItems", "minProperties", "maxProperties" ->
          problems.atValue(at, path + " has too few or too many entries", count(part));
      default -> problems.atValue(at, path + " is not " + title(part), hint(part));
    }
  }

  private void wrongName(JsonPointer at, String name, JsonNode names) {
    JsonNode meant =
        names.has("$ref") ? schema.tree().at(names.path("$ref").asString().substring(1)) : names;
    problems.atKey(
        at.appendProperty(name), Shown.key(name) + " is not " + title(meant), hint(meant));
  }

  private static String choice(Error breach, JsonNode part) {
    List<String> known = part.path("enum").valueStream().map(JsonNode::asString).toList();
    String all =
        known.size() == 2
            ? "write " + String.join(" or ", known)
            : "write one of " + String.join(", ", known);
    return Shown.nearest(breach.getInstanceNode().asString(""), known)
        .map(nearest -> "did you mean " + nearest + "?")
        .orElse(all);
  }

  private void unknownKey(JsonPointer at, String key, JsonPointer rule, JsonNode part) {
    List<String> known = new ArrayList<>(part.path("properties").propertyNames());
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

  private void wrongType(JsonPointer at, JsonNode found, JsonPointer rule, JsonNode part) {
    String path = Shown.path(at);
    if (found.isNull()) {
      problems.atValue(at, path + " has no value", "give it one, or remove the key");
    } else if (isSecret(rule)) {
      problems.atValue(
          at, path + " holds a literal value where a reference to a secret belongs", hint(part));
    } else {
      problems.atValue(at, path + " is " + kind(found) + ", not " + title(part), hint(part));
    }
  }

  private void eitherOr(JsonPointer at, JsonNode found, JsonNode part) {
    if (found.isObject()) {
      String either =
          part.path("oneOf")
              .valueStream()
              .map(branch ->
                  branch
                      .path("required")
                      .valueStream()
                      .map(JsonNode::asString)
                      .collect(Collectors.joining(" and ")))
              .collect(Collectors.joining(" or "));
      problems.atValue(at, Shown.path(at) + " needs either " + either, hint(part));
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

  private static String title(JsonNode part) {
    return part.path("title").asString("what is expected here");
  }

  private static String hint(JsonNode part) {
    if (part.has("x-hint")) {
      return "write " + part.path("x-hint").asString();
    }
    if (part.path("type").asString("").equals("object")) {
      return "write a map of keys: " + String.join(", ", part.path("properties").propertyNames());
    }
    return part.has("minimum") ? "write a whole number " + bounds(part) : "write " + title(part);
  }

  private static String bounds(JsonNode part) {
    JsonNode range = part.path(RangeKeyword.NAME);
    return range.isMissingNode()
        ? "from " + part.path("minimum") + " to " + part.path("maximum")
        : "from " + range.path(0).asString() + " to " + range.path(1).asString();
  }

  private static String count(JsonNode part) {
    String least = part.has("minItems") ? "at least " + part.path("minItems") + ", " : "";
    String most = part.path("maxItems").asString(part.path("maxProperties").asString("any"));
    return "use " + least + "at most " + most;
  }
}
