package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;

/// Reads percentages.
final class Percent {

  private Percent() {}

  /// The whole percentage under a key; the schema has seen to it that it is a number and a percent
  /// sign.
  static int of(Section section, String key, int otherwise) {
    String number = section.text(key).orElse("").replace("%", "").strip();
    return number.matches("\\d{1,3}") ? Integer.parseInt(number) : otherwise;
  }
}
