package io.tollwatch.dispatch;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;

/// Is told of each call. Thread-safe; called on the call's own thread before the caller has its
/// answer, so it must be fast and must not fail.
@FunctionalInterface
public interface Observer {

  /// A call is about to be sent. Its end follows, unless the program dies first.
  default void begun(Intent intent) {}

  /// A call came to its end.
  void settled(Intent intent, Outcome outcome);

  /// Both, one after the other; the second is told even if the first fails.
  default Observer and(Observer next) {
    Observer first = this;
    return new Observer() {
      @Override
      public void begun(Intent intent) {
        try {
          first.begun(intent);
        } finally {
          next.begun(intent);
        }
      }

      @Override
      public void settled(Intent intent, Outcome outcome) {
        try {
          first.settled(intent, outcome);
        } finally {
          next.settled(intent, outcome);
        }
      }
    };
  }
}
