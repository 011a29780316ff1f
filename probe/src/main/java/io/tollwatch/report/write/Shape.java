package io.tollwatch.report.write;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A piece of a drawing, in its own units, which grow to the right and down. Immutable. How it
/// looks is said by the style of the page.
public sealed interface Shape {

  /// Its style's class.
  String style();

  /// A rectangle.
  ///
  /// @param tip what is said of it when pointed at; empty for nothing
  record Box(double x, double y, double width, double height, String style, String tip)
      implements Shape {}

  /// A line through points.
  record Path(List<Point> points, String style) implements Shape {

    /// As SVG writes them.
    public String svg() {
      return points.stream()
          .map(point -> number(point.x()) + "," + number(point.y()))
          .collect(Collectors.joining(" "));
    }
  }

  /// Words.
  ///
  /// @param anchor which end of them is at `x`: `start`, `middle` or `end`
  record Label(double x, double y, String anchor, String style, String text) implements Shape {}

  /// A place.
  record Point(double x, double y) {}

  /// A number as SVG writes it.
  static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
