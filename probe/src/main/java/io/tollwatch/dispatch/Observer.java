package io.tollwatch.dispatch;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;

/// Is told of each call that came to its end. Thread-safe; called on the call's own thread before
/// the caller has its answer, so it must be fast and must not fail.
@FunctionalInterface
public interface Observer {

  /// A call came to its end.
  void settled(Intent intent, Outcome outcome);

  /// Both, one after the other; the second is told even if the first fails.
  default Observer and(Observer next) {
    return (intent, outcome) -> {
      try {
        settled(intent, outcome);
      } finally {
        next.settled(intent, outcome);
      }
    };
  }
}
