package io.tollwatch.checks.run;

import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Hears what became of the calls of checks: the dispatcher tells its observers on the call's own
/// thread. Thread-safe; holds one entry for each step that is under way.
public final class Ear implements Observer {

  private final Map<Thread, Ears> listening = new ConcurrentHashMap<>();

  /// What was heard of a call.
  ///
  /// @param intent of its last attempt
  record Heard(Intent intent, Outcome outcome) {}

  private static final class Ears {
    private Optional<Heard> last = Optional.empty();
  }

  @Override
  public void settled(Intent intent, Outcome outcome) {
    Ears ears = listening.get(Thread.currentThread());
    if (ears != null) {
      ears.last = Optional.of(new Heard(intent, outcome));
    }
  }

  /// Makes a call and hears of its last attempt.
  ///
  /// @param call made on this thread
  <T> Call<T> during(Supplier<T> call) {
    Ears ears = new Ears();
    Thread self = Thread.currentThread();
    listening.put(self, ears);
    try {
      T reply = call.get();
      return new Call<>(reply, ears.last);
    } finally {
      listening.remove(self);
    }
  }

  /// A call that was made.
  record Call<T>(T reply, Optional<Heard> heard) {}
}
