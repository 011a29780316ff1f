package io.tollwatch.report.write;

import io.tollwatch.report.figures.TimeGrid;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/// Where time and values lie in a drawing. Immutable.
record Axes(TimeGrid grid, ZoneId zone, Scale scale) {

  static final int HEIGHT = 240;
  private static final double LEFT = 64;
  private static final double RIGHT = Drawing.WIDTH - 24.0;
  private static final double TOP = 12;
  private static final double BOTTOM = HEIGHT - 28.0;
  private static final double TICK = 5;

  /// The left end of a step.
  double x(int step) {
    return LEFT + (RIGHT - LEFT) * step / grid.size();
  }

  private double x(Instant time) {
    double steps = (double) Duration.between(grid.from(), time).toMillis() / grid.step().toMillis();
    return LEFT + (RIGHT - LEFT) * steps / grid.size();
  }

  /// How wide a step is.
  double stepWidth() {
    return (RIGHT - LEFT) / grid.size();
  }

  /// The height of a value; what lies outside is drawn at the edge.
  double y(double value) {
    return BOTTOM - (BOTTOM - TOP) * scale.part(value);
  }

  /// The line across at a value.
  Shape across(double value, String style) {
    return new Shape.Path(
        List.of(new Shape.Point(LEFT, y(value)), new Shape.Point(RIGHT, y(value))), style);
  }

  /// The grid's lines with their values and times.
  List<Shape> shapes(DoubleFunction<String> value) {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < scale.ticks().size(); i++) {
      double at = scale.ticks().get(i);
      shapes.add(across(at, i == 0 ? "axis" : "grid"));
      shapes.add(new Shape.Label(LEFT - 8, y(at) + 4, "end", "tick", value.apply(at)));
    }
    for (TimeTicks.Tick tick : TimeTicks.of(grid, zone)) {
      double x = x(tick.at());
      shapes.add(
          new Shape.Path(
              List.of(new Shape.Point(x, BOTTOM), new Shape.Point(x, BOTTOM + TICK)), "axis"));
      shapes.add(new Shape.Label(x, HEIGHT - 8.0, "middle", "tick", tick.label()));
    }
    return shapes;
  }
}
