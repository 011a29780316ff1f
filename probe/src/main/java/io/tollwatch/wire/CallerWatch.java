package io.tollwatch.wire;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Tells an attempt that our own caller went away, where the attempt shall then be broken off.
/// Thread-safe; of one attempt.
public final class CallerWatch {

  private final AtomicReference<@Nullable Trip> trip = new AtomicReference<>();

  void watch(Trip watched) {
    trip.set(watched);
  }

  /// The caller is gone: the attempt, if it is under way, breaks.
  public void gone() {
    Trip watched = trip.get();
    if (watched != null) {
      watched.callerGone();
    }
  }
}
