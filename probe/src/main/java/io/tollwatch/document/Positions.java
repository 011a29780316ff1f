package io.tollwatch.document;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/// Where each key and each value of a document stands in its file. What is not in the file (because
/// it is missing, or built in) stands where the nearest thing around it does. Confined to one
/// reading.
public final class Positions {

  private final Map<JsonPointer, Position> keys = new HashMap<>();
  private final Map<JsonPointer, Position> values = new HashMap<>();

  /// Notes where a key stands.
  public void addKey(JsonPointer pointer, Position place) {
    keys.put(pointer, place);
  }

  /// Notes where a value begins.
  public void addValue(JsonPointer pointer, Position place) {
    values.put(pointer, place);
  }

  /// Whether the file holds a value at the pointer.
  public boolean has(JsonPointer pointer) {
    return values.containsKey(pointer);
  }

  /// Where the key stands, else the nearest thing around it.
  public Position key(JsonPointer pointer) {
    @Nullable Position place = keys.get(pointer);
    @Nullable JsonPointer around = pointer.head();
    return place != null ? place : around == null ? Position.START : key(around);
  }

  /// Where it begins with its key, in a list with its value.
  Position of(JsonPointer pointer) {
    @Nullable Position place = keys.get(pointer);
    return place != null ? place : value(pointer);
  }

  /// Where the value begins, else its key.
  public Position value(JsonPointer pointer) {
    @Nullable Position place = values.get(pointer);
    return place != null ? place : key(pointer);
  }
}
