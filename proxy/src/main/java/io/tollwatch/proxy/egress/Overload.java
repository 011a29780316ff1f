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
/// is slow makes many calls wait, but none of them in that line. Its mean over half a second
/// counts, not what a burst or a pause of the collector makes of it for a moment (as CoDel does
/// with packets, RFC 8289: a standing queue is what counts). It is a mean and not a least value
/// because threads get into line many at once, whenever the sockets are looked at, and the line is
/// short before the next look however much comes. While the mean is too long, those calls are
/// refused that find a long line.
///
/// It sees a part of what waits: who waits for bytes gets into line only when the JDK's poller, a
/// virtual thread itself, has had its turn. So it eases an overload, and does not end it (see
/// `proxy/bench/overload.sh`).
public final class Overload {

  /// How many may stand in line for each processor. With some tens of microseconds of work each,
  /// and several times in line for each call, that is a twentieth of a second of a call. Thousands
  /// of calls under way cost each other more: the collector copies them all, and works twice as
  /// much.
  static final int LINE_PER_PROCESSOR = 48;

  /// The time over which the mean is taken: what was longer ago counts for less than a third.
  static final Duration STANDING = Duration.ofMillis(500);

  /// For how long what a call finds counts at most, where calls are few: between them is no line.
  private static final long LONGEST_LOOK = Duration.ofMillis(5).toNanos();

  private static final System.Logger LOG = System.getLogger(Overload.class.getName());

  private final LongSupplier line;
  private final int most;
  private final LongSupplier nanos;
  private double mean;
  private boolean overloaded;
  private long lookedAt;
  private long refused;

  /// @param line how many stand in line
  /// @param most how many may
  /// @param nanos a monotonic clock
  public Overload(LongSupplier line, int most, LongSupplier nanos) {
    this.line = line;
    this.most = most;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong();
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
    long inLine = line.getAsLong();
    long now = nanos.getAsLong();
    long since = now - lookedAt;
    lookedAt = now;
    mean = mean * remaining(since) + inLine * (1 - remaining(Math.min(since, LONGEST_LOOK)));
    // half of it to get out, or the log would tell each wave
    boolean tooLong = mean > (overloaded ? most / 2.0 : most);
    if (tooLong != overloaded) {
      turn(tooLong);
    }
    boolean refuse = overloaded && inLine > most;
    if (refuse) {
      refused++;
    }
    return refuse;
  }

  /// What is left of the weight of something that long ago.
  private static double remaining(long ago) {
    return Math.exp(-(double) ago / STANDING.toNanos());
  }

  private void turn(boolean tooLong) {
    overloaded = tooLong;
    LOG.log(
        Level.WARNING,
        tooLong
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
