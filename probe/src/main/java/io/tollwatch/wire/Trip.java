package io.tollwatch.wire;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Progress;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One attempt on its way: which phase is open, whether a write was tried, and the connection that
/// can be closed under it. Its own thread drives it; the watchdog's may end it.
final class Trip {

  private final WireSettings.Limits limits;
  private final PhaseTimer timer;
  private volatile @Nullable Breakage ended;
  private @Nullable TracedConnection connection;
  private ConnectionFacts facts = ConnectionFacts.none();
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

  /// Said before bytes are handed to the socket, because a failing write does not tell how much of
  /// it left. What opens the connection is not yet the request, all else is. A trip that was ended
  /// writes nothing any more.
  void writes() throws IOException {
    if (ended != null) {
      throw new InterruptedIOException("the attempt was ended");
    }
    if (!in(Phase.CONNECT) && !in(Phase.TLS)) {
      writeTried = true;
      moves(Phase.SEND);
    }
  }

  /// Something moved in that phase, if it is the open one.
  void moves(Phase phase) {
    if (in(phase)) {
      timer.enter(phase);
    }
  }

  Progress progressOfBreak() {
    return writeTried ? Progress.MAYBE_SENT : Progress.UNSENT;
  }

  /// Says which connection is used, and closes it at once if the trip was ended meanwhile.
  synchronized void travelsOn(TracedConnection used) {
    connection = used;
    if (ended != null) {
      used.abort();
    }
  }

  /// What it goes over, as far as it came.
  ConnectionFacts facts() {
    return facts;
  }

  void facts(ConnectionFacts known) {
    facts = known;
  }

  /// The trip has its answer. Who ends it from now on comes too late: the connection may carry
  /// another one already.
  synchronized void arrives() {
    connection = null;
  }

  /// Why somebody else than the network ended it.
  Optional<Breakage> endedBy() {
    return Optional.ofNullable(ended);
  }

  void shutDown() {
    end(Breakage.SHUTDOWN);
  }

  /// From now on no connection is travelled on any more; the one under way is closed by
  /// [#shutDown()].
  synchronized void condemn() {
    if (ended == null) {
      ended = Breakage.SHUTDOWN;
    }
  }

  void callerGone() {
    end(Breakage.CLIENT_ABORT);
  }

  void endIfOverdue(long nowNanos) {
    if (nowNanos - timer.startNanos() > limits.total().toNanos()) {
      end(Breakage.DEADLINE);
      return;
    }
    Phase phase = timer.phase().orElse(Phase.CLIENT);
    // after the phase, see there
    long quietNanos = nowNanos - timer.quietSinceNanos();
    switch (phase) {
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

  private synchronized void end(Breakage breakage) {
    if (ended == null || ended == breakage) {
      ended = breakage;
      TracedConnection used = connection;
      if (used != null) {
        used.abort();
      }
    }
  }
}
