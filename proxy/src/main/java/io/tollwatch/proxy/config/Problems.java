package io.tollwatch.proxy.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;

/// Collects the problems of one file, and remembers what they are about, so that later checks can
/// pass over values that are already known to be wrong instead of guessing on. Confined to one
/// reading.
final class Problems {

  private final Path file;
  private final Places places;
  private final List<ConfigProblem> found = new ArrayList<>();
  private final Set<String> wrong = new HashSet<>();

  Problems(Path file, Places places) {
    this.file = file;
    this.places = places;
  }

  /// A problem of the key at the pointer: it should not be there, or something is missing under it.
  void atKey(JsonPointer pointer, String message, String hint) {
    at(pointer, places.key(pointer), message, hint);
  }

  /// A problem of the value at the pointer.
  void atValue(JsonPointer pointer, String message, String hint) {
    at(pointer, places.value(pointer), message, hint);
  }

  void at(JsonPointer about, Place place, String message, String hint) {
    wrong.add(about.toString());
    found.add(new ConfigProblem(file, place.line(), place.column(), message, hint));
  }

  /// Whether something around the pointer, at it, or under it is wrong.
  boolean touch(JsonPointer pointer) {
    String text = pointer.toString();
    return wrong.stream().anyMatch(other -> isWithin(text, other) || isWithin(other, text));
  }

  /// Whether the file itself holds something at the pointer.
  boolean inFile(JsonPointer pointer) {
    return places.has(pointer);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /// All problems, in the order of their places.
  List<ConfigProblem> sorted() {
    return found.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column))
        .toList();
  }

  private static boolean isWithin(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer + "/");
  }
}
