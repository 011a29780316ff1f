package io.tollwatch.checks.record;

import java.util.Locale;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Replaces the texts of a tree. Stateless; the trees are as deep as a kept body may be.
final class Texts {

  private Texts() {}

  /// Says what shall stand for a text.
  @FunctionalInterface
  interface Replacing {

    /// What shall stand there.
    ///
    /// @param key the last name on the way to it
    String replaced(String key, String text);
  }

  static JsonNode replaced(String key, JsonNode node, Replacing replacing) {
    if (node.isString()) {
      return JsonNodeFactory.instance.stringNode(replacing.replaced(key, node.asString()));
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (var each : object.properties()) {
        copy.set(each.getKey(), replaced(each.getKey(), each.getValue(), replacing));
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(each -> copy.add(replaced(key, each, replacing)));
      return copy;
    }
    return node;
  }

  /// A name as templates have it: lower-case letters, digits and hyphens, a letter first.
  static String name(String text) {
    UnaryOperator<String> hyphens =
        each -> each.replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
    String name =
        hyphens.apply(text.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT));
    return name.isEmpty() ? "value" : name.substring(0, Math.min(name.length(), 50));
  }
}
