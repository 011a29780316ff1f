package io.tollwatch.proxy.egress;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Keeps calls from each other's way while more come than this machine can work on: a bound on how
/// many are under way, which is lowered until those that are have their turn in time again. The
/// others wait in the order in which they came, before their bodies are read and with nothing sent,
/// and are refused after a while. Thousands at once cost each other more than their own work: each
/// collection copies what all of them hold.
///
/// What lowers it is the time for which threads wait for a processor, never the number of calls: a
/// provider that is slow keeps many under way, and no processor busy. It counts once it has stood
/// for several looks, since a burst, or a pause of the collector, is soon over (as CoDel does with
/// packets, RFC 8289: a standing queue is what counts). Where all have their turn in time the bound
/// rises above what is under way.
///
/// Thread-safe.
public final class Overload implements AutoCloseable {

  /// What may pass until a thread whose bytes have come has its turn, several times in each call.
  static final Duration IN_TIME = Duration.ofMillis(20);

  /// How long a call waits until it is refused, at the next look. Less than any client's own limit,
  /// and longer than the thousand that may be connected need to have their turns.
  static final Duration PATIENCE = Duration.ofSeconds(1);

  static final Duration LOOK_EACH = Duration.ofMillis(50);

  /// So many looks in a row must find it.
  static final int LOOKS = 3;

  /// So few calls for each processor are never too many.
  static final int FEW_PER_PROCESSOR = 16;

  /// So many looks after the last call that was under way nobody is in a hurry.
  private static final int IDLE_AFTER = 100;

  /// So many looks later it is over.
  private static final int OVER_AFTER = 40;

  private static final int NO_BOUND = 1 << 20;
  private static final double LEAST_LEFT = 0.7;
  private static final double RISE = 1.05;

  private static final System.Logger LOG = System.getLogger(Overload.class.getName());

  private final Line line;
  private final Optional<Place> place;
  private final LongAdder refused = new LongAdder();
  private final LongSupplier waitNanos;
  private final int few;
  private final Duration patience;
  private final LongSupplier nanos;
  private final Runnable stop;
  private int bound = NO_BOUND;
  private int lateLooks;
  private long leastWait;
  private int looksSince;
  private int looksWithout = IDLE_AFTER;
  private boolean blind;
  private volatile boolean busy;
  private volatile boolean overloaded;

  /// One that nobody makes look.
  ///
  /// @param waitNanos how long threads wait for a processor, asked once each look
  /// @param few calls that are never too many
  /// @param patience how long a call waits until it is refused
  /// @param nanos a monotonic clock
  /// @param stop ends what makes it look
  Overload(LongSupplier waitNanos, int few, Duration patience, LongSupplier nanos, Runnable stop) {
    this.line = new Line(NO_BOUND, nanos);
    this.place = Optional.of(line::leave);
    this.nanos = nanos;
    this.waitNanos = waitNanos;
    this.few = few;
    this.patience = patience;
    this.stop = stop;
  }

  /// That of this process. Looks by itself until it is closed.
  ///
  /// @param nanos a monotonic clock
  public static Overload ofProcess(LongSupplier nanos) {
    ProcessorWait wait = ProcessorWait.start(nanos);
    ScheduledExecutorService looks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tollwatch-overload").daemon().factory());
    Overload overload =
        new Overload(
            wait,
            FEW_PER_PROCESSOR * Runtime.getRuntime().availableProcessors(),
            PATIENCE,
            nanos,
            () -> {
              looks.shutdownNow();
              wait.close();
            });
    var _ =
        looks.scheduleWithFixedDelay(
            overload::tend, LOOK_EACH.toMillis(), LOOK_EACH.toMillis(), TimeUnit.MILLISECONDS);
    return overload;
  }

  /// Where a call is while it is under way; closed once, at its end.
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /// A place for a call, as soon as there is one.
  ///
  /// @return empty if there was none for so long that the call is to be refused
  Optional<Place> enter() {
    if (line.enter()) {
      return place;
    }
    refused.increment();
    return Optional.empty();
  }

  /// Refuses who has waited for too long, and looks. A look that fails must not end it: those that
  /// wait have no timer of their own.
  void tend() {
    refuseOverdue();
    try {
      look();
    } catch (RuntimeException | Error e) {
      // without a file left not even a class can be loaded; the next look may do better
      if (!blind) {
        blind = true;
        LOG.log(Level.WARNING, "nobody could look whether too many calls come: {0}", e.toString());
      }
    }
  }

  /// Refuses those that have waited for too long.
  void refuseOverdue() {
    line.refuse(nanos.getAsLong() - patience.toNanos());
  }

  /// Looks whether the bound must be lowered, or may rise. One thread does.
  void look() {
    int running = bound - line.free();
    looksWithout = running > 0 ? 0 : Math.min(IDLE_AFTER, looksWithout + 1);
    busy = looksWithout < IDLE_AFTER;
    if (running <= few) {
      lateLooks = 0;
      rise(running);
    } else {
      look(running, waitNanos.getAsLong());
    }
    looksSince = line.waiting() > 0 ? 0 : looksSince + 1;
    if (overloaded && looksSince > OVER_AFTER) {
      overloaded = false;
      LOG.log(
          Level.WARNING,
          "calls come no faster than this machine can work on them; {0} were refused so far",
          refused());
    }
  }

  private void look(int running, long wait) {
    if (wait <= IN_TIME.toNanos()) {
      lateLooks = 0;
      if (wait <= IN_TIME.toNanos() / 2) {
        rise(running);
      }
      return;
    }
    leastWait = lateLooks == 0 ? wait : Math.min(leastWait, wait);
    lateLooks++;
    if (lateLooks >= LOOKS) {
      lateLooks = 0;
      double left = Math.max(LEAST_LEFT, (double) IN_TIME.toNanos() / leastWait);
      bound(Math.min(bound, Math.max(few, (int) (running * left))));
      tell();
    }
  }

  private void tell() {
    looksSince = 0;
    if (!overloaded) {
      overloaded = true;
      LOG.log(
          Level.WARNING,
          "more calls come than this machine can work on: they wait for each other, and what has"
              + " waited for {0} ms is refused, with nothing sent",
          patience.toMillis());
    }
  }

  private void rise(int running) {
    bound((int) Math.min(NO_BOUND, Math.max(bound, running) * RISE + 1));
  }

  private void bound(int next) {
    if (next != bound) {
      line.change(next - bound);
    }
    bound = next;
  }

  /// Whether calls wait for each other now, or did a moment ago.
  public boolean isOverloaded() {
    return overloaded;
  }

  /// Whether calls are under way, or were in the last seconds.
  public boolean isBusy() {
    return busy;
  }

  /// How many calls wait for a place.
  public int waiting() {
    return line.waiting();
  }

  /// How many calls were refused so far.
  public long refused() {
    return refused.sum();
  }

  /// Looks no more: the bound stays as it is.
  @Override
  public void close() {
    stop.run();
  }
}
