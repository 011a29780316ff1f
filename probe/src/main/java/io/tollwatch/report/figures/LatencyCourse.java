package io.tollwatch.report.figures;

import io.tollwatch.ledger.store.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/// How long whole attempts took in each step of a time. Confined to one report.
public final class LatencyCourse implements Consumer<Fact> {

  private static final int DIGITS = 2;
  private static final double MICROS_OF_MILLI = 1_000;

  private final TimeGrid grid;
  private final List<Histogram> steps = new ArrayList<>();

  /// Of the steps of a grid.
  public LatencyCourse(TimeGrid grid) {
    this.grid = grid;
    for (int i = 0; i < grid.size(); i++) {
      steps.add(new Histogram(DIGITS));
    }
  }

  @Override
  public void accept(Fact fact) {
    fact.durations()
        .total()
        .ifPresent(micros -> steps.get(grid.index(fact.startedAt())).recordValue(micros));
  }

  /// A percentile of each step in milliseconds; empty where nothing was measured.
  public List<OptionalDouble> millis(double percent) {
    return steps.stream()
        .map(step ->
            step.getTotalCount() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(step.getValueAtPercentile(percent) / MICROS_OF_MILLI))
        .toList();
  }
}
