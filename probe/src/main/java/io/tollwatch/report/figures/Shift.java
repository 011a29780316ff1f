package io.tollwatch.report.figures;

import java.util.OptionalDouble;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.FisherExactTest;

/// A share of calls in two times: so many of so many. Immutable.
public record Shift(long before, long ofBefore, long after, long ofAfter) {

  /// With fewer expected in any cell the chi-square test is not to be trusted.
  private static final double MIN_EXPECTED = 5;

  public Shift {
    if (before < 0 || after < 0 || before > ofBefore || after > ofAfter) {
      throw new IllegalArgumentException(
          "no shares: %d of %d, %d of %d".formatted(before, ofBefore, after, ofAfter));
    }
  }

  /// The share before, 0 to 1; empty without calls.
  public OptionalDouble shareBefore() {
    return share(before, ofBefore);
  }

  /// The share after, 0 to 1; empty without calls.
  public OptionalDouble shareAfter() {
    return share(after, ofAfter);
  }

  /// How likely a difference as large as this one is by chance alone if nothing changed: the
  /// chi-square test of two proportions, or Fisher's exact test where numbers are small. Empty
  /// without calls on either side.
  public OptionalDouble byChance() {
    if (ofBefore == 0 || ofAfter == 0) {
      return OptionalDouble.empty();
    }
    long events = before + after;
    long calls = ofBefore + ofAfter;
    if (events == 0 || events == calls) {
      return OptionalDouble.of(1);
    }
    double rarest = (double) Math.min(events, calls - events) * Math.min(ofBefore, ofAfter) / calls;
    return OptionalDouble.of(
        rarest >= MIN_EXPECTED || calls > Integer.MAX_VALUE ? chiSquare() : exact());
  }

  private double chiSquare() {
    long[][] table = {{before, ofBefore - before}, {after, ofAfter - after}};
    return ChiSquareTest.withDefaults().test(table).getPValue();
  }

  private double exact() {
    int[][] table = {
      {Math.toIntExact(before), Math.toIntExact(ofBefore - before)},
      {Math.toIntExact(after), Math.toIntExact(ofAfter - after)}
    };
    return FisherExactTest.withDefaults().test(table).getPValue();
  }

  private static OptionalDouble share(long some, long all) {
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) some / all);
  }
}
