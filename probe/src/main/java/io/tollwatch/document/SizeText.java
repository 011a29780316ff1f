package io.tollwatch.document;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A size as configuration files write it: a whole number and its unit, `512B`, `64KiB`, `1MiB` or
/// `1GiB`. Immutable.
public record SizeText(long bytes) {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");
  private static final Map<String, Long> UNITS =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  /// Reads a text, or is empty where it isn't a size.
  public static Optional<SizeText> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long unit = UNITS.getOrDefault(matcher.group(2), 0L);
    return Optional.of(new SizeText(unit * Long.parseLong(matcher.group(1))));
  }
}
