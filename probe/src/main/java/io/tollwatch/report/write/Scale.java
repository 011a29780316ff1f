package io.tollwatch.report.write;

import java.util.List;
import java.util.stream.IntStream;

/// How values are laid out from bottom to top, with round numbers to read them by. Immutable.
///
/// @param ticks the round numbers, rising; the first is at the bottom and the last at the top
/// @param even whether equal differences are equally high; otherwise equal multiples are
record Scale(List<Double> ticks, boolean even) {

  private static final int MOST = 5;
  private static final double[] ROUND = {1, 2, 5, 10};
  private static final double ALL = 100;

  /// What an axis spans at least: where all is well it has room for the thousandths, no less.
  private static final double LEAST = 1e-3;

  Scale {
    ticks = List.copyOf(ticks);
  }

  /// From nothing up to that value at least, in whole numbers.
  static Scale ofCounts(double highest) {
    double step = Math.max(1, step(highest));
    return new Scale(multiples(0, step, steps(highest, step)), true);
  }

  /// Of hundredths, from all of them down to that value at least.
  static Scale ofShares(double lowest) {
    double missing = Math.max(ALL - lowest, LEAST);
    double step = step(missing);
    int steps = steps(missing, step);
    return new Scale(multiples(ALL - step * steps, step, steps), true);
  }

  /// From the power of ten below the lowest value to that above the highest one: the ordinary and
  /// the extraordinary can both be read.
  static Scale ofMagnitudes(double lowest, double highest) {
    int from = (int) Math.floor(Math.log10(lowest));
    int until = Math.max(from + 1, (int) Math.ceil(Math.log10(highest)));
    return new Scale(
        IntStream.rangeClosed(from, until).mapToObj(power -> Math.pow(10, power)).toList(), false);
  }

  /// The smallest round step that needs few ticks.
  private static double step(double span) {
    double least = Math.max(span, LEAST) / MOST;
    double magnitude = Math.pow(10, Math.floor(Math.log10(least)));
    for (double round : ROUND) {
      if (round * magnitude >= least) {
        return round * magnitude;
      }
    }
    return ROUND[ROUND.length - 1] * magnitude;
  }

  private static int steps(double span, double step) {
    return Math.max(1, (int) Math.ceil(span / step - 1e-9));
  }

  private static List<Double> multiples(double from, double step, int steps) {
    return IntStream.rangeClosed(0, steps).mapToObj(i -> from + i * step).toList();
  }

  /// The difference between the two lowest ticks, by which one sees how exact labels must be.
  double step() {
    return ticks.get(1) - ticks.getFirst();
  }

  /// Where a value is, 0 at the bottom to 1 at the top; what lies outside is at the edge.
  double part(double value) {
    double low = ticks.getFirst();
    double high = ticks.getLast();
    double inside = Math.clamp(value, low, high);
    return even ? (inside - low) / (high - low) : Math.log(inside / low) / Math.log(high / low);
  }
}
