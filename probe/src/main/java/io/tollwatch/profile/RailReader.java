package io.tollwatch.profile;

import io.tollwatch.document.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads how a profile tells the rail. Stateless.
final class RailReader {

  private RailReader() {}

  static Rails rails(Section root) {
    Section section = root.section("rail");
    return new Rails(signs(section, "request"), signs(section, "answer"));
  }

  private static List<Rails.Sign> signs(Section parent, String key) {
    List<Rails.Sign> signs = new ArrayList<>();
    for (Section section : parent.sections(key)) {
      PlaceReader.place(section, "at")
          .ifPresent(place ->
              signs.add(
                  new Rails.Sign(
                      place,
                      PlaceReader.place(section, "unless"),
                      words(section),
                      section.text("standing"),
                      section.flag("card-number", false))));
    }
    return signs;
  }

  /// What is called as we call it stands in a list; anything else by its name.
  private static Map<String, String> words(Section section) {
    Map<String, String> words = new HashMap<>();
    for (String word : section.texts("words", List.of())) {
      String lower = word.toLowerCase(Locale.ROOT);
      words.put(lower, lower.replace('-', '_').replace(' ', '_'));
    }
    Section named = section.section("named");
    for (String word : named.keys()) {
      named.text(word).ifPresent(rail -> words.put(word.toLowerCase(Locale.ROOT), rail));
    }
    return words;
  }
}
