package io.tollwatch.checks.run;

import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Hears what became of the calls of checks: the dispatcher tells its observers on the call's own
/// thread. Thread-safe; holds one entry for each step that is under way.
public final class Ear implements Observer {

  private final Map<Thread, List<Heard>> listening = new ConcurrentHashMap<>();

  /// What was heard of an attempt.
  record Heard(Intent intent, Outcome outcome) {}

  @Override
  public void settled(Intent intent, Outcome outcome) {
    List<Heard> heard = listening.get(Thread.currentThread());
    if (heard != null) {
      heard.add(new Heard(intent, outcome));
    }
  }

  /// Makes a call and hears of its attempts: through a channel it may have several, as many as that
  /// allows.
  ///
  /// @param call made on this thread
  <T> Call<T> during(Supplier<T> call) {
    List<Heard> heard = new ArrayList<>();
    Thread self = Thread.currentThread();
    listening.put(self, heard);
    try {
      T reply = call.get();
      return new Call<>(reply, List.copyOf(heard));
    } finally {
      listening.remove(self);
    }
  }

  /// A call that was made.
  ///
  /// @param attempts in order
  record Call<T>(T reply, List<Heard> attempts) {}
}
