package io.tollwatch.profile;

import io.tollwatch.attempt.Fields;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Where in a message a fact stands: `$.error.code`, `$.*_response.sub_code` or `header
/// Request-Id`. Immutable. Reading one takes time linear in the message and never fails.
public sealed interface Place {

  /// The text that stands there: of a string, number or boolean; empty if there is none.
  Optional<String> text(Fields fields, Content content);

  /// Whether anything but null stands there.
  boolean present(Fields fields, Content content);

  /// The last word of it, to name rules by.
  String name();

  /// Reads a place as profiles write it.
  ///
  /// @throws IllegalArgumentException if it is none
  static Place of(String text) {
    if (text.startsWith("header ") && text.length() > "header ".length()) {
      return new Header(text.substring("header ".length()));
    }
    if (text.startsWith("$.") && !text.contains("..") && !text.endsWith(".")) {
      return new Path(List.of(text.substring(2).split("\\.")));
    }
    throw new IllegalArgumentException("not a place: " + text);
  }

  /// A header field. Its name is compared without case, its value with case.
  record Header(String name) implements Place {

    @Override
    public Optional<String> text(Fields fields, Content content) {
      return fields.first(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    @Override
    public boolean present(Fields fields, Content content) {
      return fields.first(name).isPresent();
    }
  }

  /// A path into the body, by property names, with their case. A step that begins with `*` is the
  /// one property whose name ends like that; if there are two, none.
  record Path(List<String> steps) implements Place {

    private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

    public Path {
      steps = List.copyOf(steps);
    }

    @Override
    public Optional<String> text(Fields fields, Content content) {
      JsonNode node = node(content);
      return node.isValueNode() && !node.isNull() && !node.isMissingNode()
          ? Optional.of(node.asString()).filter(text -> !text.isEmpty())
          : Optional.empty();
    }

    @Override
    public boolean present(Fields fields, Content content) {
      JsonNode node = node(content);
      return !node.isNull() && !node.isMissingNode();
    }

    @Override
    public String name() {
      return steps.getLast();
    }

    private JsonNode node(Content content) {
      JsonNode node = content.root();
      for (String step : steps) {
        node = step.startsWith("*") ? only(node, step.substring(1)) : node.path(step);
      }
      return node;
    }

    private static JsonNode only(JsonNode parent, String suffix) {
      JsonNode found = NOTHING;
      for (var property : parent.properties()) {
        if (property.getKey().endsWith(suffix)) {
          if (!found.isMissingNode()) {
            return NOTHING;
          }
          found = property.getValue();
        }
      }
      return found;
    }
  }
}
