package io.tollwatch.health;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;

/// Hears of what breakers do. Called on the threads of calls, so it must not wait. Thread-safe.
public interface BreakerListener {

  /// A breaker changed its state, or, if only observed, would have. In the order in which it
  /// happened.
  void changed(BreakerChange change);

  /// A call was not let through.
  void denied(BreakerKey breaker);
}
