package io.tollwatch.profile;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A path into the body, by property names with their case, such as `$.error.code`. Immutable.
///
/// - `*_response` is the one property whose name ends like that; if there are two, none.
/// - `errors[*]` is each element of a list; of what is no list, itself (in XML one element is no
///   list).
/// - `..error` is each property of that name, at any depth; only once in a path.
///
/// @param text as it is written
/// @param steps from the root
/// @param single whether at most one node can stand there
record BodyPath(String text, List<Step> steps, boolean single) implements Place {

  private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();
  private static final Pattern FORM =
      Pattern.compile("\\$((\\.\\.?)\\*?[A-Za-z0-9_-]+(\\[\\*\\])?)+");

  /// One step down.
  sealed interface Step {

    /// The property of that name.
    record Named(String name) implements Step {}

    /// The only property whose name ends like that.
    record Ending(String suffix) implements Step {}

    /// Each property of that name, at any depth.
    record Anywhere(String name) implements Step {}

    /// Each element.
    record Each() implements Step {}
  }

  BodyPath {
    steps = List.copyOf(steps);
  }

  static BodyPath of(String text) {
    if (!FORM.matches(text) || text.indexOf("..") != text.lastIndexOf("..")) {
      throw new IllegalArgumentException("not a place: " + text);
    }
    List<Step> steps = new ArrayList<>();
    int at = 1;
    while (at < text.length()) {
      boolean anywhere = text.startsWith("..", at);
      int from = at + (anywhere ? 2 : 1);
      int dot = text.indexOf('.', from);
      at = dot < 0 ? text.length() : dot;
      boolean each = text.startsWith("[*]", at - "[*]".length());
      String name = text.substring(from, each ? at - "[*]".length() : at);
      steps.add(step(name, anywhere));
      if (each) {
        steps.add(new Step.Each());
      }
    }
    return new BodyPath(text, steps, text.indexOf('[') < 0 && text.indexOf("..") < 0);
  }

  private static Step step(String name, boolean anywhere) {
    if (name.startsWith("*")) {
      if (anywhere) {
        throw new IllegalArgumentException("not a place: ..*");
      }
      return new Step.Ending(name.substring(1));
    }
    return anywhere ? new Step.Anywhere(name) : new Step.Named(name);
  }

  @Override
  public List<String> texts(Message message) {
    if (single) {
      return text(node(message.content().root())).map(List::of).orElse(List.of());
    }
    List<JsonNode> nodes = new ArrayList<>();
    collect(message.content().root(), 0, nodes);
    return nodes.stream().map(BodyPath::text).flatMap(Optional::stream).toList();
  }

  /// The nodes that stand there, in order.
  List<JsonNode> nodes(Message message) {
    List<JsonNode> nodes = new ArrayList<>();
    collect(message.content().root(), 0, nodes);
    return nodes;
  }

  @Override
  public Optional<String> text(Message message) {
    return single ? text(node(message.content().root())) : Place.super.text(message);
  }

  @Override
  public boolean present(Message message) {
    if (single) {
      return exists(node(message.content().root()));
    }
    List<JsonNode> nodes = new ArrayList<>();
    collect(message.content().root(), 0, nodes);
    return nodes.stream().anyMatch(BodyPath::exists);
  }

  @Override
  public String name() {
    return switch (steps.getLast()) {
      case Step.Named(String name) -> name;
      case Step.Ending(String suffix) -> "*" + suffix;
      case Step.Anywhere(String name) -> name;
      case Step.Each() -> text.substring(text.lastIndexOf('.') + 1).replace("[*]", "");
    };
  }

  private JsonNode node(JsonNode root) {
    JsonNode node = root;
    for (int i = 0; i < steps.size(); i++) { // no iterator: dozens of places are read in a call
      node = down(node, steps.get(i));
    }
    return node;
  }

  private static JsonNode down(JsonNode node, Step step) {
    return switch (step) {
      case Step.Named(String name) -> node.path(name);
      case Step.Ending(String suffix) -> only(node, suffix);
      case Step.Anywhere _, Step.Each _ -> NOTHING;
    };
  }

  /// Follows the steps from the given one on. A body is at most 64 levels deep, and only one step
  /// looks at all depths: each node is met at most once per level and step.
  private void collect(JsonNode node, int from, List<JsonNode> found) {
    if (found.size() > MAX_TEXTS || node.isMissingNode()) {
      return;
    }
    if (from == steps.size()) {
      found.add(node);
      return;
    }
    switch (steps.get(from)) {
      case Step.Each() -> {
        if (node.isArray()) {
          node.forEach(each -> collect(each, from + 1, found));
        } else {
          collect(node, from + 1, found);
        }
      }
      case Step.Anywhere(String name) -> search(node, name, from + 1, found);
      case Step step -> collect(down(node, step), from + 1, found);
    }
  }

  private void search(JsonNode node, String name, int next, List<JsonNode> found) {
    if (node.isObject()) {
      collect(node.path(name), next, found);
    }
    if (found.size() <= MAX_TEXTS) {
      node.forEach(child -> search(child, name, next, found));
    }
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

  private static Optional<String> text(JsonNode node) {
    if (!node.isValueNode() || !exists(node)) {
      return Optional.empty();
    }
    String text = node.asString();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static boolean exists(JsonNode node) {
    return !node.isNull() && !node.isMissingNode();
  }
}
