package io.tollwatch.health;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// How many calls may be under way at each provider, so that one that hangs can't take all threads,
/// connections or memory. Never waits. Thread-safe.
///
/// The limit of a provider shrinks by a tenth, at most once a second, while its calls fail or are
/// slow, and grows by one with each good call while it is needed (additive increase, multiplicative
/// decrease, as in TCP). That is a line of code; a library's limiter would bring its own idea of
/// slow, where verdicts and the provider's own normal are known here.
public final class Limits {

  private static final double SHRINKS_TO = 0.9;
  private static final long SHRINKS_EVERY = Duration.ofSeconds(1).toNanos();

  private final Function<String, LimitSettings> settings;
  private final LongSupplier nanos;
  private final Map<String, Limit> limits = new ConcurrentHashMap<>();

  /// A call's place at a provider. Thread-safe.
  public static final class Place implements AutoCloseable {
    private final Runnable leave;
    private final AtomicBoolean left = new AtomicBoolean();

    Place(Runnable leave) {
      this.leave = leave;
    }

    /// Leaves it. What comes after the first time changes nothing.
    @Override
    public void close() {
      if (left.compareAndSet(false, true)) {
        leave.run();
      }
    }
  }

  /// How a provider's limit stands. Immutable.
  ///
  /// @param limit how many calls may be under way now
  /// @param running how many are
  /// @param refused how many were refused so far
  public record Load(int limit, int running, long refused) {}

  /// @param settings those of each provider, asked anew at each call
  public Limits(Function<String, LimitSettings> settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
  }

  /// A place for a call; empty if there is none left.
  public Optional<Place> enter(String provider) {
    Limit limit = of(provider);
    return limit.enter(settings.apply(provider))
        ? Optional.of(new Place(limit::leave))
        : Optional.empty();
  }

  /// How a provider's limit stands.
  public Load load(String provider) {
    return of(provider).load(settings.apply(provider));
  }

  /// Takes note that a call went well, and in its usual time.
  void good(String provider) {
    of(provider).good();
  }

  /// Takes note that a call failed, or is slow.
  void bad(String provider) {
    of(provider).bad(settings.apply(provider), nanos.getAsLong());
  }

  private Limit of(String provider) {
    return limits.computeIfAbsent(
        provider, _ -> new Limit(settings.apply(provider).maxRunning(), nanos.getAsLong()));
  }

  /// The limit of one provider. Thread-safe.
  private static final class Limit {
    private final LongAdder refused = new LongAdder();
    private double limit;
    private int running;
    private long shrunk;

    Limit(int most, long now) {
      this.limit = most;
      this.shrunk = now - SHRINKS_EVERY;
    }

    synchronized boolean enter(LimitSettings settings) {
      if (running >= now(settings)) {
        refused.increment();
        return false;
      }
      running++;
      return true;
    }

    synchronized void leave() {
      running--;
    }

    /// Grows only while it is needed: a limit that nobody reaches says nothing.
    synchronized void good() {
      if (running * 2 >= limit) {
        limit++;
      }
    }

    synchronized void bad(LimitSettings settings, long at) {
      if (at - shrunk >= SHRINKS_EVERY) {
        shrunk = at;
        limit = now(settings) * SHRINKS_TO;
      }
    }

    synchronized Load load(LimitSettings settings) {
      return new Load(now(settings), running, refused.sum());
    }

    private int now(LimitSettings settings) {
      limit = Math.clamp(limit, settings.minRunning(), settings.maxRunning());
      return (int) limit;
    }
  }
}
