package io.tollwatch.checks.script;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON with places for values in its strings. A string that is nothing but the place of a number
/// becomes a number. Immutable; as deep as a script's file may be.
public sealed interface JsonTemplate {

  /// A string.
  record Text(Template template) implements JsonTemplate {}

  /// A number, true, false or null: nobody changes the node.
  record Fixed(JsonNode node) implements JsonTemplate {}

  /// An object.
  record Members(Map<String, JsonTemplate> members) implements JsonTemplate {

    public Members {
      members = new LinkedHashMap<>(members);
    }
  }

  /// A list.
  record Elements(List<JsonTemplate> elements) implements JsonTemplate {

    public Elements {
      elements = List.copyOf(elements);
    }
  }

  /// Reads one.
  ///
  /// @throws IllegalArgumentException if a place is not written right
  static JsonTemplate of(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonTemplate> members = new LinkedHashMap<>();
      node.properties().forEach(each -> members.put(each.getKey(), of(each.getValue())));
      return new Members(members);
    }
    if (node.isArray()) {
      return new Elements(node.valueStream().map(JsonTemplate::of).toList());
    }
    return node.isString() ? new Text(Template.of(node.asString())) : new Fixed(node);
  }

  /// The names that it has places for.
  default Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    switch (this) {
      case Text(Template template) -> names.addAll(template.names());
      case Fixed _ -> {}
      case Members(Map<String, JsonTemplate> members) ->
          members.values().forEach(each -> names.addAll(each.names()));
      case Elements(List<JsonTemplate> elements) ->
          elements.forEach(each -> names.addAll(each.names()));
    }
    return names;
  }

  /// The JSON with the values in their places.
  default JsonNode fill(Function<String, Value> values) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (this) {
      case Text(Template template) -> {
        Optional<Value> only = template.only().map(values).filter(Value::number);
        yield only.isPresent()
            ? nodes.numberNode(new BigDecimal(only.get().text()))
            : nodes.stringNode(template.fill(values, UnaryOperator.identity()));
      }
      case Fixed(JsonNode node) -> node;
      case Members(Map<String, JsonTemplate> members) -> {
        ObjectNode object = nodes.objectNode();
        members.forEach((name, each) -> object.set(name, each.fill(values)));
        yield object;
      }
      case Elements(List<JsonTemplate> elements) -> {
        ArrayNode array = nodes.arrayNode();
        elements.forEach(each -> array.add(each.fill(values)));
        yield array;
      }
    };
  }

  /// As the value of a form's parameter: a string as it is, anything else as JSON.
  default String text(Function<String, Value> values) {
    return this instanceof Text(Template template)
        ? template.fill(values, UnaryOperator.identity())
        : fill(values).toString();
  }
}
