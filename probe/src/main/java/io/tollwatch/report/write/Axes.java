package io.tollwatch.report.write;

import io.tollwatch.report.figures.TimeGrid;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// Where time and values lie in a drawing. Immutable.
///
/// @param low the value at the bottom
/// @param high the value at the top, above the other one
record Axes(TimeGrid grid, ZoneId zone, double low, double high) {

  static final int HEIGHT = 240;
  private static final double LEFT = 64;
  private static final double RIGHT = Drawing.WIDTH - 12.0;
  private static final double TOP = 12;
  private static final double BOTTOM = HEIGHT - 28.0;
  private static final int TICKS = 4;
  private static final int TIMES = 8;

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);
  private static final DateTimeFormatter DAY_CLOCK =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT);

  /// The left end of a step.
  double x(int step) {
    return LEFT + (RIGHT - LEFT) * step / grid.size();
  }

  /// How wide a step is.
  double stepWidth() {
    return (RIGHT - LEFT) / grid.size();
  }

  /// The height of a value; what lies outside is drawn at the edge.
  double y(double value) {
    double part = (Math.clamp(value, low, high) - low) / (high - low);
    return BOTTOM - (BOTTOM - TOP) * part;
  }

  /// The line across at a value.
  Shape across(double value, String style) {
    return new Shape.Path(
        List.of(new Shape.Point(LEFT, y(value)), new Shape.Point(RIGHT, y(value))), style);
  }

  /// The grid's lines with their values and times.
  List<Shape> shapes(DoubleFunction<String> value) {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i <= TICKS; i++) {
      double at = low + (high - low) * i / TICKS;
      shapes.add(across(at, i == 0 ? "axis" : "grid"));
      shapes.add(new Shape.Label(LEFT - 8, y(at) + 4, "end", "tick", value.apply(at)));
    }
    int every = Math.ceilDiv(grid.size(), TIMES);
    for (int step = 0; step < grid.size(); step += every) {
      String anchor = step == 0 ? "start" : "middle";
      double x = step == 0 ? LEFT : x(step);
      shapes.add(new Shape.Label(x, HEIGHT - 8.0, anchor, "tick", when(step)));
    }
    return shapes;
  }

  /// When a step begins, as short as can be; the first says its day.
  private String when(int step) {
    Instant start = grid.start(step);
    if (grid.step().compareTo(Duration.ofHours(12)) >= 0) {
      return DAY.format(start.atZone(zone));
    }
    boolean newDay =
        step == 0
            || !start
                .atZone(zone)
                .toLocalDate()
                .equals(
                    grid.start(step - Math.ceilDiv(grid.size(), TIMES)).atZone(zone).toLocalDate());
    return (newDay ? DAY_CLOCK : CLOCK).format(start.atZone(zone));
  }

  /// A round number at or above that one.
  static double ceiling(double value) {
    if (value <= TICKS) {
      return TICKS;
    }
    double magnitude = Math.pow(10, Math.floor(Math.log10(value)));
    for (double nice : new double[] {1, 2, 4, 6, 8}) {
      if (value <= nice * magnitude) {
        return nice * magnitude;
      }
    }
    return 10 * magnitude;
  }
}
