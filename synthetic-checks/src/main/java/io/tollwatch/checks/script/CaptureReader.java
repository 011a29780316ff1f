package io.tollwatch.checks.script;

import com.google.re2j.Pattern;
import io.tollwatch.document.Section;
import io.tollwatch.profile.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what a step captures. Confined to one reading.
final class CaptureReader {

  private final Section captures;

  CaptureReader(Section captures) {
    this.captures = captures;
  }

  List<Capture> captures() {
    List<Capture> all = new ArrayList<>();
    for (String name : captures.keys()) {
      Optional<String> plain = captures.text(name);
      Section parts = captures.section(name);
      Optional<Place> from =
          plain
              .flatMap(text -> PlaceText.place(captures, captures.at(name), text))
              .or(() ->
                  parts
                      .text("from")
                      .flatMap(text -> PlaceText.place(parts, parts.at("from"), text)));
      Optional<Pattern> matching =
          parts
              .text("matching")
              .flatMap(text -> PlaceText.pattern(parts, parts.at("matching"), text));
      if (BuiltIn.words().contains(name)) {
        captures.wrongKey(name, " is built in", "give the capture another name");
      }
      all.add(new Capture(name, from, matching, parts.flag("secret", false)));
    }
    return all;
  }
}
