package io.tollwatch.checks.script;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tollwatch.document.Section;
import io.tollwatch.profile.Place;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/// Reads places in answers and patterns, which captures and expectations have. Stateless.
final class PlaceText {

  private static final String HINT = "write $.a.b, $.list[*].a, $..a, header Name or status";

  private PlaceText() {}

  static Optional<Place> place(Section section, JsonPointer at, String text) {
    try {
      Place place = Place.of(text);
      if (!text.startsWith("path ")) {
        return Optional.of(place);
      }
    } catch (IllegalArgumentException noPlace) {
      // said below
    }
    section.wrong(at, " is not a place in an answer", HINT);
    return Optional.empty();
  }

  static Optional<Pattern> pattern(Section section, JsonPointer at, String text) {
    try {
      return Optional.of(Pattern.compile(text, Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      section.wrong(at, " is no pattern: " + e.getDescription(), "write one of RE2's syntax");
      return Optional.empty();
    }
  }
}
