package io.tollwatch.report.figures;

/// How available a provider was, by the calls that ended. Immutable.
///
/// @param ended how many calls ended
/// @param answered those that ended as calls should, with a yes or a no: declines are answers (P8)
/// @param faults those for which the provider is guilty
/// @param inDoubt those that are in doubt
/// @param unavailable those that are a fault, in doubt, or both
public record Availability(
    String provider, long ended, long answered, long faults, long inDoubt, long unavailable) {

  /// The share of calls for which the provider was there, 0 to 1; 1 without calls.
  public double share() {
    return ended == 0 ? 1 : 1 - (double) unavailable / ended;
  }

  /// How many calls may find it unavailable before a target is missed.
  ///
  /// @param target 0 to 1
  public double budget(double target) {
    return ended * (1 - target);
  }

  /// How much of that budget is used up, 0 and up: 1 is all of it. Of no budget all is used with
  /// the first call.
  public double budgetUsed(double target) {
    double budget = budget(target);
    if (unavailable == 0) {
      return 0;
    }
    return budget > 0 ? unavailable / budget : Double.POSITIVE_INFINITY;
  }
}
