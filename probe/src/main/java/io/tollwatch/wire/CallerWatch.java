package io.tollwatch.wire;

import org.jspecify.annotations.Nullable;

/// Tells an attempt that our own caller went away, where the attempt shall then be broken off.
/// Thread-safe; of one attempt.
public final class CallerWatch {

  private @Nullable Trip trip;
  private boolean gone;

  synchronized void watch(Trip watched) {
    trip = watched;
    if (gone) {
      watched.callerGone();
    }
  }

  /// The caller is gone: the attempt breaks, if it is under way or still to come.
  public synchronized void gone() {
    gone = true;
    if (trip != null) {
      trip.callerGone();
    }
  }
}
