package io.tollwatch.checks.script;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Text with places for values, written `{{name}}`: values are put there, escaped for where they
/// stand, and nothing is ever computed. A value is not looked at for further places. Immutable.
///
/// @param parts in order
public record Template(List<Part> parts) {

  /// A piece of it.
  public sealed interface Part {

    /// Text as it stands.
    record Literal(String text) implements Part {}

    /// A value's place.
    record Name(String name) implements Part {}
  }

  public Template {
    parts = List.copyOf(parts);
  }

  /// Reads a template.
  ///
  /// @throws IllegalArgumentException if a place is not written right
  public static Template of(String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf("{{", at);
      if (open < 0) {
        parts.add(new Part.Literal(text.substring(at)));
        break;
      }
      int close = text.indexOf("}}", open);
      String name = close < 0 ? "" : text.substring(open + 2, close).strip();
      if (!isName(name)) {
        throw new IllegalArgumentException("no name between {{ and }}");
      }
      if (open > at) {
        parts.add(new Part.Literal(text.substring(at, open)));
      }
      parts.add(new Part.Name(name));
      at = close + 2;
    }
    return new Template(parts);
  }

  /// The names that it has places for.
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Part.Name(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  /// The one name that it consists of, if it is nothing else.
  public Optional<String> only() {
    return parts.size() == 1 && parts.getFirst() instanceof Part.Name(String name)
        ? Optional.of(name)
        : Optional.empty();
  }

  /// What stands there without any value.
  public String literal() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Literal(String literal)) {
        text.append(literal);
      }
    }
    return text.toString();
  }

  /// The text with the values in their places.
  ///
  /// @param escape makes a value harmless where it stands
  public String fill(Function<String, Value> values, UnaryOperator<String> escape) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal(String literal) -> text.append(literal);
        case Part.Name(String name) -> text.append(escape.apply(values.apply(name).text()));
      }
    }
    return text.toString();
  }

  private static boolean isName(String text) {
    if (text.isEmpty() || text.length() > 63 || !isLetter(text.charAt(0))) {
      return false;
    }
    return text.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || c == '-');
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }
}
