package io.tollwatch.ledger.store;

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
}
