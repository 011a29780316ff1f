package io.tollwatch.checks.record;

import io.tollwatch.profile.Message;
import io.tollwatch.profile.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The values of one answer that later requests may have come from. Immutable.
///
/// @param step whose answer it is
/// @param places where each value stands, the first that reads as that value
record AnswerValues(String step, Map<String, String> places) {

  /// A shorter value may be the same by chance.
  static final int SHORTEST = 6;

  private static final int MOST = 2_000;
  private static final int LONGEST = 512;

  static AnswerValues of(String step, Message answer) {
    Map<String, String> places = new LinkedHashMap<>();
    collect(answer.content().root(), "$", answer, places);
    answer
        .fields()
        .lines()
        .forEach(field -> put("header " + field.name(), field.value(), answer, places));
    return new AnswerValues(step, places);
  }

  private static void collect(
      JsonNode node, String path, Message answer, Map<String, String> places) {
    for (var each : node.properties()) {
      collect(each.getValue(), path + "." + each.getKey(), answer, places);
    }
    if (node.isArray() && !node.isEmpty()) {
      collect(node.get(0), path + "[*]", answer, places);
    }
    if (node.isString()) {
      put(path, node.asString(), answer, places);
    }
  }

  private static void put(String path, String value, Message answer, Map<String, String> places) {
    boolean fits = value.length() >= SHORTEST && value.length() <= LONGEST && !Masked.is(value);
    if (fits && places.size() < MOST && !places.containsKey(value) && reads(path, value, answer)) {
      places.put(value, path);
    }
  }

  private static boolean reads(String path, String value, Message answer) {
    try {
      Optional<String> text = Place.of(path).text(answer);
      return text.filter(value::equals).isPresent();
    } catch (IllegalArgumentException noPlace) {
      return false; // a name that paths can't have
    }
  }
}
