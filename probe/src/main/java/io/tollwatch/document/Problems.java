package io.tollwatch.document;

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
public final class Problems {

  private final Path file;
  private final Positions places;
  private final List<FileProblem> found = new ArrayList<>();
  private final Set<String> wrong = new HashSet<>();

  /// No problem yet.
  ///
  /// @param file as the user named it
  public Problems(Path file, Positions places) {
    this.file = file;
    this.places = places;
  }

  /// A problem of the key at the pointer: it should not be there, or something is missing under it.
  public void atKey(JsonPointer pointer, String message, String hint) {
    at(pointer, places.key(pointer), message, hint);
  }

  /// A problem of the value at the pointer.
  public void atValue(JsonPointer pointer, String message, String hint) {
    at(pointer, places.value(pointer), message, hint);
  }

  /// A problem at a position, about what the pointer names.
  public void at(JsonPointer about, Position place, String message, String hint) {
    wrong.add(about.toString());
    found.add(new FileProblem(file, place.line(), place.column(), message, hint));
  }

  /// Whether something around the pointer, at it, or under it is wrong.
  public boolean touch(JsonPointer pointer) {
    String text = pointer.toString();
    return wrong.stream().anyMatch(other -> isWithin(text, other) || isWithin(other, text));
  }

  /// Whether the file itself holds something at the pointer.
  public boolean inFile(JsonPointer pointer) {
    return places.has(pointer);
  }

  /// Where the value at the pointer, or its key, stands.
  Position position(JsonPointer pointer) {
    return places.of(pointer);
  }

  /// Whether nothing is wrong.
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// All problems, in the order of their places.
  public List<FileProblem> sorted() {
    return found.stream()
        .distinct()
        .sorted(Comparator.comparingInt(FileProblem::line).thenComparingInt(FileProblem::column))
        .toList();
  }

  private static boolean isWithin(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer + "/");
  }
}
