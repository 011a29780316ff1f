package io.tollwatch.report.write;

import io.tollwatch.report.page.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Draws bars made of parts, one below the other, each with its name and its sum. Stateless.
final class PartsDrawing {

  private static final double LEFT = 160;
  private static final double LENGTH = 640;
  private static final double ROW = 34;
  private static final double THICK = 20;

  private PartsDrawing() {}

  static Drawing of(Chart.Parts chart) {
    double longest = chart.bars().stream().mapToDouble(PartsDrawing::sum).max().orElse(1);
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < chart.bars().size(); i++) {
      bar(chart, i, longest > 0 ? LENGTH / longest : 0, shapes);
    }
    int height = (int) (ROW * chart.bars().size()) + 8;
    return new Drawing(Drawing.WIDTH, height, chart.title(), chart.says(), chart.parts(), shapes);
  }

  private static void bar(Chart.Parts chart, int index, double scale, List<Shape> shapes) {
    Chart.Bar bar = chart.bars().get(index);
    double y = ROW * index + 6;
    double middle = y + THICK / 2 + 4;
    shapes.add(new Shape.Label(LEFT - 10, middle, "end", "name", bar.name()));
    double x = LEFT;
    for (int part = 0; part < bar.values().size(); part++) {
      double width = bar.values().get(part) * scale;
      if (width > 0) {
        String tip = chart.parts().get(part) + ": " + value(bar.values().get(part), chart.unit());
        shapes.add(new Shape.Box(x, y, width, THICK, Drawing.style(part), tip));
      }
      x += width;
    }
    shapes.add(new Shape.Label(x + 8, middle, "start", "tick", value(sum(bar), chart.unit())));
  }

  private static double sum(Chart.Bar bar) {
    return bar.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static String value(double value, String unit) {
    boolean whole = value == Math.rint(value) || value >= 100;
    return String.format(Locale.ROOT, whole ? "%,.0f %s" : "%,.2f %s", value, unit).strip();
  }
}
