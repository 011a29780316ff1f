package io.tollwatch.checks.schedule;

/// How many runs decide. Immutable.
///
/// @param failed how many of the last runs must have failed for down; default 2
/// @param of how many of the last runs are looked at; default 3, at most 20
/// @param passed how many in a row must have passed for up; default 1, at most 20
public record Patience(int failed, int of, int passed) {

  /// How many runs are remembered at most.
  public static final int MOST = 20;

  /// Two of three for down, one for up.
  public static Patience usual() {
    return new Patience(2, 3, 1);
  }
}
