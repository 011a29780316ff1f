package io.tollwatch.wire;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One attempt on its way: which phase is open, whether a write was tried, and the connection that
/// can be closed under it. Its own thread drives it; the watchdog's may end it.
final class Trip {

  private final WireSettings.Limits limits;
  private final PhaseTimer timer;
  private final AtomicReference<@Nullable Breakage> ended = new AtomicReference<>();
  private volatile @Nullable TracedConnection connection;
  private volatile boolean writeTried;

  Trip(WireSettings.Limits limits, LongSupplier nanos) {
    this.limits = limits;
    this.timer = new PhaseTimer(nanos);
  }

  PhaseTimer timer() {
    return timer;
  }

  boolean in(Phase phase) {
    return timer.phase().orElse(null) == phase;
  }

  /// Said before the first byte of the request is handed to the socket, because a failing write
  /// does not tell how much of it left.
  void writeTried() {
    writeTried = true;
  }

  Progress progressOfBreak() {
    return writeTried ? Progress.MAYBE_SENT : Progress.UNSENT;
  }

  /// Says which connection is used, and closes it at once if the trip was ended meanwhile.
  void travelsOn(TracedConnection used) {
    connection = used;
    if (ended.get() != null) {
      used.abort();
    }
  }

  /// Why somebody else than the network ended it.
  Optional<Breakage> endedBy() {
    return Optional.ofNullable(ended.get());
  }

  void shutDown() {
    end(Breakage.SHUTDOWN);
  }

  void callerGone() {
    end(Breakage.CLIENT_ABORT);
  }

  void endIfOverdue(long nowNanos) {
    if (nowNanos - timer.startNanos() > limits.total().toNanos()) {
      end(Breakage.DEADLINE);
      return;
    }
    long quietNanos = nowNanos - timer.quietSinceNanos();
    switch (timer.phase().orElse(Phase.CLIENT)) {
      case CONNECT -> endAfter(limits.connect().toNanos(), quietNanos, Breakage.CONNECT_TIMEOUT);
      case TLS -> endAfter(limits.tls().toNanos(), quietNanos, Breakage.TLS_TIMEOUT);
      case SEND -> endAfter(limits.response().toNanos(), quietNanos, Breakage.WRITE_TIMEOUT);
      case WAIT -> endAfter(limits.response().toNanos(), quietNanos, Breakage.RESPONSE_TIMEOUT);
      case RECEIVE -> endAfter(limits.response().toNanos(), quietNanos, Breakage.BODY_TIMEOUT);
      // the pool and the resolver keep their own time; our caller may take its time within the
      // total
      case BLOCKED, DNS, CLIENT -> {}
    }
  }

  private void endAfter(long limitNanos, long quietNanos, Breakage breakage) {
    if (quietNanos > limitNanos) {
      end(breakage);
    }
  }

  /// Closes the connection, so that what was begun on it can't be ended.
  void cutConnection() {
    TracedConnection used = connection;
    if (used != null) {
      used.abort();
    }
  }

  private void end(Breakage breakage) {
    if (ended.compareAndSet(null, breakage)) {
      cutConnection();
    }
  }
}
