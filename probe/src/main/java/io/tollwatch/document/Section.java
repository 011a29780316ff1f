package io.tollwatch.document;

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
public final class Section {

  private final JsonNode node;
  private final JsonPointer pointer;
  private final Problems problems;

  /// The map at the pointer.
  public Section(JsonNode node, JsonPointer pointer, Problems problems) {
    this.node = node;
    this.pointer = pointer;
    this.problems = problems;
  }

  /// Whether the file says something about the key, right or wrong.
  public boolean has(String key) {
    return node.has(key);
  }

  /// Where a key of it is.
  public JsonPointer at(String key) {
    return pointer.appendProperty(key);
  }

  /// The line that it begins in, from 1.
  public int line() {
    return problems.position(pointer).line();
  }

  /// The keys in the order of the file.
  public List<String> keys() {
    return node.isObject() ? List.copyOf(node.propertyNames()) : List.of();
  }

  /// The map under a key; an empty one where there is none.
  public Section section(String key) {
    return new Section(node.path(key), at(key), problems);
  }

  /// The maps in the list under a key; none where there is no list.
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    JsonNode list = node.path(key);
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      sections.add(new Section(list.get(i), at(key).appendIndex(i), problems));
    }
    return sections;
  }

  /// The map under a key, if there is one.
  public Optional<Section> optional(String key) {
    return node.path(key).isObject() ? Optional.of(section(key)) : Optional.empty();
  }

  /// The text under a key.
  public Optional<String> text(String key) {
    return usable(key).filter(JsonNode::isString).map(JsonNode::asString);
  }

  /// The path under a key; one that is none is a problem.
  public Optional<Path> path(String key) {
    try {
      return text(key).map(Path::of);
    } catch (InvalidPathException e) {
      wrong(key, " is not a path", "write the path of a file or folder");
      return Optional.empty();
    }
  }

  /// The whole number under a key.
  public int integer(String key, int fallback) {
    return usable(key).filter(JsonNode::isNumber).map(JsonNode::intValue).orElse(fallback);
  }

  /// The whole numbers in the list under a key; none where there is no list.
  public List<Integer> integers(String key) {
    return usable(key)
        .filter(JsonNode::isArray)
        .map(list -> list.valueStream().map(JsonNode::intValue).toList())
        .orElse(List.of());
  }

  /// What is said under a key, if anything.
  public Optional<Boolean> flag(String key) {
    return usable(key).filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
  }

  /// What is said under a key.
  public boolean flag(String key, boolean fallback) {
    return flag(key).orElse(fallback);
  }

  /// The duration under a key.
  public Optional<Duration> duration(String key) {
    return text(key).flatMap(DurationText::parse).map(DurationText::duration);
  }

  /// The duration under a key.
  public Duration duration(String key, Duration fallback) {
    return duration(key).orElse(fallback);
  }

  /// The size under a key.
  public Optional<SizeText> size(String key) {
    return text(key).flatMap(SizeText::parse);
  }

  /// The texts in the list under a key.
  public List<String> texts(String key, List<String> fallback) {
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
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    Optional<String> name = text(key);
    for (E constant : type.getEnumConstants()) {
      if (name.isPresent() && constant.name().equalsIgnoreCase(name.get())) {
        return constant;
      }
    }
    return fallback;
  }

  /// Whatever is under a key, as it stands.
  public Optional<JsonNode> tree(String key) {
    return usable(key);
  }

  /// The value is wrong.
  public void wrong(String key, String message, String hint) {
    wrong(at(key), message, hint);
  }

  /// The key itself is wrong.
  public void wrongKey(String key, String message, String hint) {
    problems.atKey(at(key), Shown.path(at(key)) + message, hint);
  }

  /// The value at the pointer is wrong.
  public void wrong(JsonPointer value, String message, String hint) {
    problems.atValue(value, Shown.path(value) + message, hint);
  }

  private Optional<JsonNode> usable(String key) {
    return node.has(key) && !problems.touch(at(key))
        ? Optional.of(node.path(key))
        : Optional.empty();
  }
}
