package io.tollwatch.proxy;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The clocks that everything else is given. Immutable.
///
/// @param wall for what people read
/// @param nanos monotonic, for what is measured
public record SystemTime(InstantSource wall, LongSupplier nanos) {

  /// The machine's.
  public static SystemTime real() {
    return new SystemTime(InstantSource.system(), System::nanoTime);
  }
}
