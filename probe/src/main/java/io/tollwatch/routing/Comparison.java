package io.tollwatch.routing;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/// Whether one success rate is worse than another, looked at again and again while calls come in.
/// Each look asks Fisher's exact test, which holds for small numbers too; the looks come at twice
/// as many calls each time, and each may err half as often as the one before, so that all of them
/// together err no more often than asked for. Confined to its owner's lock.
final class Comparison {

  private static final long FIRST_LOOK = 10;

  private long nextLook = FIRST_LOOK;
  private double error;

  /// @param significance how likely it may say so although the rates are the same
  Comparison(double significance) {
    this.error = significance / 2;
  }

  /// Whether the first of the two is worse. Says no where it does not look yet.
  boolean isWorse(Results one, Results rest) {
    if (one.all() < nextLook || rest.all() == 0) {
      return false;
    }
    double chance = chance(one, rest);
    boolean worse = chance < error;
    nextLook = 2 * one.all();
    error /= 2;
    return worse;
  }

  /// How likely a difference at least like this is if both rates are the same.
  static double chance(Results one, Results rest) {
    int[][] table = {
      {count(one.fine()), count(one.failed())}, {count(rest.fine()), count(rest.failed())}
    };
    return FisherExactTest.withDefaults()
        .with(AlternativeHypothesis.LESS_THAN)
        .test(table)
        .getPValue();
  }

  /// The test adds all of them up.
  private static int count(long calls) {
    return (int) Math.min(calls, Integer.MAX_VALUE / 4);
  }
}
