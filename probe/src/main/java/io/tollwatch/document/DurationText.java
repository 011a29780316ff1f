package io.tollwatch.document;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A duration as configuration files write it: a whole number and its unit, `250ms`, `5s`, `2m`,
/// `1h` or `30d` (a day is 24 hours). Immutable.
public record DurationText(Duration duration) {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  /// Reads a text, or is empty where it isn't a duration.
  public static Optional<DurationText> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
    return Optional.of(new DurationText(unit.multipliedBy(Long.parseLong(matcher.group(1)))));
  }
}
