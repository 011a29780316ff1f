package io.tollwatch.report.write;

import io.tollwatch.report.page.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// Draws values over time as lines, which break where there is no value. Stateless.
final class LinesDrawing {

  private static final String PERCENT = "%";
  private static final String MILLIS = "ms";

  /// From here on seconds are easier to read than milliseconds.
  private static final double MANY_MILLIS = 10_000;

  private static final double DOT = 3;

  private LinesDrawing() {}

  static Drawing of(Chart.Lines chart, CellText cells) {
    Axes axes = axes(chart, cells);
    List<Shape> shapes = new ArrayList<>(axes.shapes(value -> label(value, axes, chart.unit())));
    chart.target().ifPresent(target -> shapes.add(axes.across(target, "target")));
    for (int i = 0; i < chart.series().size(); i++) {
      lines(chart.series().get(i).values(), axes, Drawing.style(i), shapes);
    }
    return new Drawing(
        Drawing.WIDTH,
        Axes.HEIGHT,
        chart.title(),
        chart.says(),
        chart.series().stream().map(Chart.Series::name).toList(),
        shapes);
  }

  /// Shares are drawn down from all, as far as they go; everything else up from nothing.
  private static Axes axes(Chart.Lines chart, CellText cells) {
    double lowest = values(chart).min().orElse(0);
    double highest = values(chart).max().orElse(1);
    boolean shares = chart.unit().equals(PERCENT);
    double floor = Math.max(0, 100 - Axes.ceiling((100 - lowest) * 4) / 4);
    return shares
        ? new Axes(chart.grid(), cells.zone(), floor, 100)
        : new Axes(chart.grid(), cells.zone(), 0, Axes.ceiling(highest));
  }

  private static DoubleStream values(Chart.Lines chart) {
    return DoubleStream.concat(
        chart.target().stream(),
        chart.series().stream()
            .flatMapToDouble(
                series -> series.values().stream().flatMapToDouble(OptionalDouble::stream)));
  }

  private static String label(double value, Axes axes, String unit) {
    if (unit.equals(MILLIS) && axes.high() >= MANY_MILLIS) {
      return String.format(Locale.ROOT, "%,.0f s", value / 1_000);
    }
    double span = axes.high() - axes.low();
    String format = span < 1 ? "%,.2f %s" : span < 10 ? "%,.1f %s" : "%,.0f %s";
    return String.format(Locale.ROOT, format, value, unit);
  }

  /// A run of a single value would be a line of no length: it is a dot.
  private static void lines(
      List<OptionalDouble> values, Axes axes, String style, List<Shape> shapes) {
    List<Shape.Point> run = new ArrayList<>();
    for (int step = 0; step <= values.size(); step++) {
      OptionalDouble value = step < values.size() ? values.get(step) : OptionalDouble.empty();
      if (value.isPresent()) {
        run.add(new Shape.Point(axes.x(step) + axes.stepWidth() / 2, axes.y(value.getAsDouble())));
      } else if (run.size() == 1) {
        Shape.Point at = run.getFirst();
        shapes.add(new Shape.Box(at.x() - DOT, at.y() - DOT, 2 * DOT, 2 * DOT, style, ""));
        run.clear();
      } else if (!run.isEmpty()) {
        shapes.add(new Shape.Path(List.copyOf(run), Drawing.LINE + style));
        run.clear();
      }
    }
  }
}
