package io.tollwatch.timing;

/// One phase of one attempt as time points. Immutable.
///
/// @param startNanos when the phase first began, in nanoseconds since the attempt's start
/// @param endNanos when it last ended, likewise
/// @param nanos the time really spent in it: less than `endNanos - startNanos` where it alternated
///   with another phase, as `send` does with `client`
public record PhaseSpan(Phase phase, long startNanos, long endNanos, long nanos) {

  public PhaseSpan {
    if (startNanos < 0 || endNanos < startNanos || nanos < 0 || nanos > endNanos - startNanos) {
      throw new IllegalArgumentException(
          "not a span: %s %d-%d %d".formatted(phase, startNanos, endNanos, nanos));
    }
  }
}
