package io.tollwatch.report.write;

import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Draws numbers over time as columns, one upon the other. Stateless.
final class StackedDrawing {

  private static final double GAP = 1;

  private StackedDrawing() {}

  static Drawing of(Chart.Stacked chart, CellText cells) {
    Axes axes = new Axes(chart.grid(), cells.zone(), Scale.ofCounts(highest(chart)));
    List<Shape> shapes =
        new ArrayList<>(axes.shapes(value -> cells.of(new Cell.Count(Math.round(value)))));
    for (int step = 0; step < chart.grid().size(); step++) {
      column(chart, cells, axes, step, shapes);
    }
    return new Drawing(
        Drawing.WIDTH,
        Axes.HEIGHT,
        chart.title(),
        chart.says(),
        chart.series().stream().map(Chart.Series::name).toList(),
        shapes);
  }

  private static void column(
      Chart.Stacked chart, CellText cells, Axes axes, int step, List<Shape> shapes) {
    double below = 0;
    for (int i = 0; i < chart.series().size(); i++) {
      double value = value(chart, i, step);
      if (value > 0) {
        double top = axes.y(below + value);
        String tip =
            "%s, %s: %s"
                .formatted(
                    cells.time(chart.grid().start(step)),
                    chart.series().get(i).name(),
                    cells.of(new Cell.Count(Math.round(value))));
        shapes.add(
            new Shape.Box(
                axes.x(step) + GAP / 2,
                top,
                axes.stepWidth() - GAP,
                axes.y(below) - top,
                Drawing.style(i),
                tip));
      }
      below += value;
    }
  }

  private static double highest(Chart.Stacked chart) {
    return IntStream.range(0, chart.grid().size())
        .mapToDouble(step ->
            IntStream.range(0, chart.series().size())
                .mapToDouble(series -> value(chart, series, step))
                .sum())
        .max()
        .orElse(0);
  }

  private static double value(Chart.Stacked chart, int series, int step) {
    return chart.series().get(series).values().get(step).orElse(0);
  }
}
