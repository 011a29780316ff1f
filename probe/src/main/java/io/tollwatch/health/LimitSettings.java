package io.tollwatch.health;

/// How many calls may be under way at one provider. Immutable.
///
/// @param maxRunning at most; default 256, from 1 to 65536
/// @param minRunning how far the limit may shrink while the provider is slow; default 16, from 1 to
///   65536, not above the most
public record LimitSettings(int maxRunning, int minRunning) {

  public LimitSettings {
    if (minRunning < 1 || maxRunning < minRunning) {
      throw new IllegalArgumentException("limits: " + minRunning + " to " + maxRunning);
    }
  }

  /// The settings where no file says otherwise.
  public static LimitSettings defaults() {
    return new LimitSettings(256, 16);
  }
}
