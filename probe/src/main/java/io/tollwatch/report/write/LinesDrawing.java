package io.tollwatch.report.write;

import io.tollwatch.report.page.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// Draws values over time as lines, which break where there is no value. Stateless.
final class LinesDrawing {

  private static final double MILLIS_OF_SECOND = 1_000;

  /// What is shorter is drawn as long as that.
  private static final double SHORTEST_MILLIS = 0.01;

  private static final double DOT = 3;

  private LinesDrawing() {}

  static Drawing of(Chart.Lines chart, CellText cells) {
    Axes axes = axes(chart, cells);
    List<Shape> shapes =
        new ArrayList<>(axes.shapes(value -> label(value, axes.scale(), chart.unit())));
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

  /// Shares are drawn down from all, as far as they go; times by their magnitudes.
  private static Axes axes(Chart.Lines chart, CellText cells) {
    double lowest = values(chart).min().orElse(1);
    double highest = values(chart).max().orElse(1);
    Scale scale =
        switch (chart.unit()) {
          case SHARE -> Scale.ofShares(lowest);
          case TIME -> Scale.ofMagnitudes(Math.max(lowest, SHORTEST_MILLIS), highest);
        };
    return new Axes(chart.grid(), cells.zone(), scale);
  }

  private static DoubleStream values(Chart.Lines chart) {
    return DoubleStream.concat(
        chart.target().stream(),
        chart.series().stream()
            .flatMapToDouble(
                series -> series.values().stream().flatMapToDouble(OptionalDouble::stream)));
  }

  private static String label(double value, Scale scale, Chart.Unit unit) {
    return switch (unit) {
      case SHARE -> {
        String format = scale.step() < 0.1 ? "%.2f %%" : scale.step() < 1 ? "%.1f %%" : "%.0f %%";
        yield String.format(Locale.ROOT, format, value);
      }
      case TIME ->
          value < MILLIS_OF_SECOND
              ? String.format(Locale.ROOT, value < 1 ? "%.2f ms" : "%.0f ms", value)
              : String.format(Locale.ROOT, "%,.0f s", value / MILLIS_OF_SECOND);
    };
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
