package io.tollwatch.ledger;

import io.tollwatch.ledger.LedgerState.Lag;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Lets the feeder step back behind the calls: the store may lag, they may not. A step that took
/// much longer than a processor worked on it had to wait for one, and what it waited for is mostly
/// calls: then the feeder rests for many times as long as it worked, and for less where the store
/// is late: incidents are looked for up to where it is. It does not rest when the store lags too
/// far behind, since the journal has a bound. Confined to the feeder's thread.
final class Pacing {

  /// A smaller step disturbs nobody, and most of it is not work that grows with the records.
  static final int MIN_RECORDS = 100;

  /// Of a core that is wanted by others the feeder takes one part in twenty.
  private static final int REST = 19;

  /// And one part in four where the store is later than that.
  private static final int REST_IF_LATE = 3;

  private static final Duration LATE = Duration.ofMinutes(1);

  private static final long LONGEST_REST_MILLIS = 1_000;

  private final LongSupplier nanos;
  private final LongSupplier workNanos;
  private final long maxLagBytes;
  private long begunNanos;
  private long workedNanos;

  /// @param nanos a monotonic clock
  /// @param workNanos how long processors have worked for the feeder's thread; negative if nobody
  ///   knows
  /// @param maxLagBytes so far behind the store may be for the calls' sake
  Pacing(LongSupplier nanos, LongSupplier workNanos, long maxLagBytes) {
    this.nanos = nanos;
    this.workNanos = workNanos;
    this.maxLagBytes = maxLagBytes;
  }

  /// That of the thread it is used by.
  static Pacing ofThread(LongSupplier nanos, long maxLagBytes) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    boolean known = threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();
    return new Pacing(nanos, known ? threads::getCurrentThreadCpuTime : () -> -1, maxLagBytes);
  }

  /// A step begins.
  void begin() {
    begunNanos = nanos.getAsLong();
    workedNanos = workNanos.getAsLong();
  }

  /// How long to rest after the step, in milliseconds.
  ///
  /// @param records how many it read
  /// @param lag how far the store is behind after it
  long restMillis(int records, Lag lag) {
    if (records < MIN_RECORDS || lag.bytes() > maxLagBytes || workedNanos < 0) {
      return 0;
    }
    long took = nanos.getAsLong() - begunNanos;
    long worked = workNanos.getAsLong() - workedNanos;
    boolean waited = 2 * took > 3 * worked;
    if (!waited) {
      return 0;
    }
    int rest = lag.age().compareTo(LATE) > 0 ? REST_IF_LATE : REST;
    return Math.min(TimeUnit.NANOSECONDS.toMillis(rest * worked), LONGEST_REST_MILLIS);
  }
}
