package io.tollwatch.report.write;

import io.tollwatch.report.page.Chart;
import java.util.List;

/// A chart as shapes. Immutable.
///
/// @param keys the names of what is drawn, in the order of the styles `s0`, `s1`, ...
public record Drawing(
    int width, int height, String title, String says, List<String> keys, List<Shape> shapes) {

  /// How wide all of them are; the page scales them.
  static final int WIDTH = 960;

  /// Begins the style of what is a line of a series, and not of the axes.
  static final String LINE = "line ";

  /// How many styles for series there are.
  static final int STYLES = 8;

  public Drawing {
    keys = List.copyOf(keys);
    shapes = List.copyOf(shapes);
  }

  /// Draws a chart.
  ///
  /// @param cells how times are shown
  static Drawing of(Chart chart, CellText cells) {
    return switch (chart) {
      case Chart.Stacked stacked -> StackedDrawing.of(stacked, cells);
      case Chart.Lines lines -> LinesDrawing.of(lines, cells);
      case Chart.Parts parts -> PartsDrawing.of(parts);
    };
  }

  /// Whether its series are lines, which differ by their dashes too.
  public boolean lined() {
    return shapes.stream()
        .anyMatch(shape -> shape instanceof Shape.Path path && path.style().startsWith(LINE));
  }

  /// The style of a series.
  static String style(int series) {
    return "s" + series % STYLES;
  }
}
