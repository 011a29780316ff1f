package io.tollwatch.profile;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tollwatch.document.Section;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what many parts of a profile's file hold: places, patterns, operations. What is none is a
/// problem. Stateless.
final class PlaceReader {

  private static final String HINT =
      "write $.a.b, $.list[*].a, $..a, header Name, status or path /a/{b}";

  private PlaceReader() {}

  static Optional<Place> place(Section section, String key) {
    return section.text(key).flatMap(text -> place(section, key, text));
  }

  static List<Place> places(Section section, String key) {
    List<Place> places = new ArrayList<>();
    section.texts(key, List.of()).forEach(text -> place(section, key, text).ifPresent(places::add));
    return places;
  }

  /// A map from places to texts.
  static Map<Place, Set<String>> conditions(Section parent, String key) {
    Map<Place, Set<String>> conditions = new HashMap<>();
    Section section = parent.section(key);
    for (String text : section.keys()) {
      place(section, text, text)
          .ifPresent(place -> conditions.put(place, new HashSet<>(section.texts(text, List.of()))));
    }
    return conditions;
  }

  static Set<Operation> operations(Section section, String key) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    section.texts(key, List.of()).forEach(word -> operations.add(Operation.ofWord(word)));
    return operations;
  }

  static Optional<Pattern> pattern(Section section, String key) {
    return section
        .text(key)
        .flatMap(text -> {
          try {
            return Optional.of(Pattern.compile(text));
          } catch (PatternSyntaxException e) {
            section.wrong(
                key, " is no pattern: " + e.getDescription(), "write one of RE2's syntax");
            return Optional.empty();
          }
        });
  }

  private static Optional<Place> place(Section section, String key, String text) {
    try {
      return Optional.of(Place.of(text));
    } catch (IllegalArgumentException noPlace) {
      section.wrong(key, " is not a place", HINT);
      return Optional.empty();
    }
  }
}
