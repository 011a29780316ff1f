package io.tollwatch.proxy.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// A map of the document, read key by key. A key that is missing, or already known to be wrong,
/// gives the fallback, so that reading goes on to the next problem; a file with any problem never
/// becomes a configuration. Confined to one reading.
final class Section {

  private final JsonNode node;
  private final JsonPointer pointer;
  private final Problems problems;

  Section(JsonNode node, JsonPointer pointer, Problems problems) {
    this.node = node;
    this.pointer = pointer;
    this.problems = problems;
  }

  /// Whether the file says something about the key, right or wrong.
  boolean has(String key) {
    return node.has(key);
  }

  JsonPointer at(String key) {
    return pointer.appendProperty(key);
  }

  List<String> keys() {
    return node.isObject() ? List.copyOf(node.propertyNames()) : List.of();
  }

  /// The map under a key; an empty one where there is none.
  Section section(String key) {
    return new Section(node.path(key), at(key), problems);
  }

  Optional<Section> optional(String key) {
    return node.path(key).isObject() ? Optional.of(section(key)) : Optional.empty();
  }

  Optional<String> text(String key) {
    return usable(key).filter(JsonNode::isString).map(JsonNode::asString);
  }

  Optional<Path> path(String key) {
    try {
      return text(key).map(Path::of);
    } catch (InvalidPathException e) {
      wrong(key, " is not a path", "write the path of a file or folder");
      return Optional.empty();
    }
  }

  int integer(String key, int fallback) {
    return usable(key).filter(JsonNode::isNumber).map(JsonNode::intValue).orElse(fallback);
  }

  boolean flag(String key, boolean fallback) {
    return usable(key).filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(fallback);
  }

  Optional<Duration> duration(String key) {
    return text(key).flatMap(DurationText::parse).map(DurationText::duration);
  }

  Duration duration(String key, Duration fallback) {
    return duration(key).orElse(fallback);
  }

  Optional<SizeText> size(String key) {
    return text(key).flatMap(SizeText::parse);
  }

  List<String> texts(String key, List<String> fallback) {
    return usable(key)
        .filter(JsonNode::isArray)
        .map(list -> {
          List<String> texts = new ArrayList<>();
          list.forEach(entry -> texts.add(entry.asString("")));
          return texts;
        })
        .orElse(fallback);
  }

  /// The value of an enum constant whose name in the file is its lower-case name.
  <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    Optional<String> name = text(key);
    for (E constant : type.getEnumConstants()) {
      if (name.isPresent() && constant.name().equalsIgnoreCase(name.get())) {
        return constant;
      }
    }
    return fallback;
  }

  /// The value is wrong.
  void wrong(String key, String message, String hint) {
    wrong(at(key), message, hint);
  }

  /// The key itself is wrong.
  void wrongKey(String key, String message, String hint) {
    problems.atKey(at(key), Shown.path(at(key)) + message, hint);
  }

  void wrong(JsonPointer value, String message, String hint) {
    problems.atValue(value, Shown.path(value) + message, hint);
  }

  private Optional<JsonNode> usable(String key) {
    return node.has(key) && !problems.touch(at(key))
        ? Optional.of(node.path(key))
        : Optional.empty();
  }
}
