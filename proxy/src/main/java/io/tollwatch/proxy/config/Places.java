package io.tollwatch.proxy.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/// Where each key and each value of a document stands in its file. What is not in the file (because
/// it is missing, or built in) stands where the nearest thing around it does. Confined to one
/// reading.
final class Places {

  private final Map<JsonPointer, Place> keys = new HashMap<>();
  private final Map<JsonPointer, Place> values = new HashMap<>();

  void addKey(JsonPointer pointer, Place place) {
    keys.put(pointer, place);
  }

  void addValue(JsonPointer pointer, Place place) {
    values.put(pointer, place);
  }

  boolean has(JsonPointer pointer) {
    return values.containsKey(pointer);
  }

  Place key(JsonPointer pointer) {
    @Nullable Place place = keys.get(pointer);
    @Nullable JsonPointer around = pointer.head();
    return place != null ? place : around == null ? Place.START : key(around);
  }

  Place value(JsonPointer pointer) {
    @Nullable Place place = values.get(pointer);
    return place != null ? place : key(pointer);
  }
}
