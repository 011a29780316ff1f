package io.tollwatch.proxy.egress;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;
import jdk.management.VirtualThreadSchedulerMXBean;

/// Refuses calls while more come than this machine can work on, so that those that it takes still
/// end in time. Never waits. Thread-safe.
///
/// What shows it is the line of threads that could go on if a processor were free: a provider that
/// is slow makes many calls wait, but none of them in that line. A burst, or a pause of the
/// collector, makes a long line for a moment, and no payment is refused for that: the line must
/// have been long for half a second, at each look. From then on calls are refused while it is long,
/// until it has been short for as long (as CoDel does with packets, RFC 8289: a standing queue is
/// what counts).
public final class Overload {

  /// How many may stand in line for each processor. With some tens of microseconds of work each,
  /// and several times in line for each call, that is a twentieth of a second of a call. With 256
  /// the calls that were taken filled the heap, and half as many were finished.
  static final int LINE_PER_PROCESSOR = 64;

  /// How long the line must be long, or short, before it counts.
  static final Duration STANDING = Duration.ofMillis(500);

  private static final System.Logger LOG = System.getLogger(Overload.class.getName());

  private final LongSupplier line;
  private final int most;
  private final LongSupplier nanos;
  private boolean overloaded;
  private long lookedAt;

  /// When the line was last as it is with what counts now: short, or long while overloaded.
  private long confirmedAt;

  private long refused;

  /// @param line how many stand in line
  /// @param most how many may
  /// @param nanos a monotonic clock
  public Overload(LongSupplier line, int most, LongSupplier nanos) {
    this.line = line;
    this.most = most;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong();
    this.confirmedAt = lookedAt;
  }

  /// That of this process.
  public static Overload ofProcess(LongSupplier nanos) {
    VirtualThreadSchedulerMXBean scheduler =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    return new Overload(
        scheduler::getQueuedVirtualThreadCount,
        LINE_PER_PROCESSOR * Runtime.getRuntime().availableProcessors(),
        nanos);
  }

  /// Whether the call that comes now must be refused. To be asked once for each call.
  public synchronized boolean refuses() {
    long now = nanos.getAsLong();
    boolean isLong = line.getAsLong() > most;
    if (now - lookedAt > STANDING.toNanos()) {
      // nobody called for a while, so there was no line
      overloaded = false;
      confirmedAt = now;
    }
    lookedAt = now;
    if (isLong == overloaded) {
      confirmedAt = now;
    } else if (now - confirmedAt >= STANDING.toNanos()) {
      turn(isLong, now);
    }
    boolean refuse = overloaded && isLong;
    if (refuse) {
      refused++;
    }
    return refuse;
  }

  private void turn(boolean isLong, long now) {
    overloaded = isLong;
    confirmedAt = now;
    LOG.log(
        Level.WARNING,
        isLong
            ? "more calls come than this machine can work on: some are refused, nothing of them is sent"
            : "calls come no faster than this machine can work on them; {0} were refused so far",
        refused);
  }

  /// Whether calls may be refused now.
  public synchronized boolean isOverloaded() {
    return overloaded && nanos.getAsLong() - lookedAt <= STANDING.toNanos();
  }

  /// How many calls were refused so far.
  public synchronized long refused() {
    return refused;
  }
}
