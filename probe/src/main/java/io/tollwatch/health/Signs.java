package io.tollwatch.health;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The calls of late, and whether a breaker must open because of them. Resilience4j counts them, in
/// three windows: a share over some seconds; the last 20 calls, for an outage that fails all at
/// once; and, where there are few calls, the last 10 of some hours. Confined to its breaker's lock.
final class Signs {

  private static final int BURST = 20;
  private static final int FEW = 10;
  private static final float HALF = 50;

  /// Of few calls all must be slow: some are by chance.
  private static final float ALL = 100;

  /// Which calls are slow changes with the provider's own normal, so the library is told a time on
  /// the right side of a fixed limit.
  private static final Duration SLOW = Duration.ofSeconds(1);

  private final Failed aFailure = new Failed();
  private final BreakerSettings.Opening settings;
  private final InstantSource time;
  private final CircuitBreaker window;
  private final CircuitBreaker burst;
  private final CircuitBreaker few;
  private int inARow;
  private Instant last;

  Signs(BreakerSettings.Opening settings, InstantSource time) {
    this.settings = settings;
    this.time = time;
    this.last = time.instant();
    this.window =
        CircuitBreaker.of(
            "window",
            common(settings.failureRate(), settings.slowRate(), time)
                .slidingWindow(
                    Math.toIntExact(settings.window().toSeconds()),
                    settings.minCalls(),
                    CircuitBreakerConfig.SlidingWindowType.TIME_BASED,
                    CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.SYNCHRONIZED)
                .build());
    this.burst =
        CircuitBreaker.of(
            "burst",
            common(Math.max(HALF, settings.failureRate()), settings.slowRate(), time)
                .slidingWindow(BURST, BURST, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .build());
    this.few =
        CircuitBreaker.of(
            "few",
            common(Math.max(HALF, settings.failureRate()), ALL, time)
                .slidingWindow(FEW, FEW, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .build());
  }

  private static CircuitBreakerConfig.Builder common(
      float failureRate, float slowRate, InstantSource time) {
    return CircuitBreakerConfig.custom()
        .failureRateThreshold(failureRate)
        .slowCallRateThreshold(slowRate)
        .slowCallDurationThreshold(SLOW)
        .clock(time.withZone(ZoneOffset.UTC));
  }

  /// Takes note of a call. Gives why the breaker must open, if it must.
  Optional<String> note(boolean failed, boolean slow) {
    Instant now = time.instant();
    if (Duration.between(last, now).compareTo(settings.longWindow()) > 0) {
      forgetLast();
    }
    last = now;
    inARow = failed ? inARow + 1 : 0;
    record(window, failed, slow);
    record(burst, failed, slow);
    boolean isFew = window.getMetrics().getNumberOfBufferedCalls() < settings.minCalls();
    if (isFew) {
      record(few, failed, slow);
    } else if (few.getMetrics().getNumberOfBufferedCalls() > 0) {
      few.reset();
    }
    return isFew && inARow >= settings.failuresInARow()
        ? Optional.of(inARow + " calls in a row failed")
        : tripped();
  }

  private Optional<String> tripped() {
    if (hasTripped(window)) {
      return Optional.of(told(window, settings.failureRate(), " in " + seconds()));
    }
    if (hasTripped(burst)) {
      return Optional.of(told(burst, HALF, ", the last ones,"));
    }
    return hasTripped(few) ? Optional.of(told(few, HALF, ", the last ones,")) : Optional.empty();
  }

  private String seconds() {
    return settings.window().toSeconds() + " s";
  }

  private static String told(CircuitBreaker by, float rate, String where) {
    CircuitBreaker.Metrics metrics = by.getMetrics();
    int calls = metrics.getNumberOfBufferedCalls();
    boolean failed = metrics.getNumberOfFailedCalls() * 100.0 >= rate * calls;
    return (failed ? metrics.getNumberOfFailedCalls() : metrics.getNumberOfSlowCalls())
        + " of "
        + calls
        + " calls"
        + where
        + (failed ? " failed" : " were slow");
  }

  /// Forgets all calls.
  void clear() {
    window.reset();
    forgetLast();
  }

  private void forgetLast() {
    burst.reset();
    few.reset();
    inARow = 0;
  }

  private static boolean hasTripped(CircuitBreaker by) {
    return by.getState() == CircuitBreaker.State.OPEN;
  }

  private void record(CircuitBreaker by, boolean failed, boolean slow) {
    long took = slow ? 2 * SLOW.toMillis() : 0;
    if (failed) {
      by.onError(took, TimeUnit.MILLISECONDS, aFailure);
    } else {
      by.onSuccess(took, TimeUnit.MILLISECONDS);
    }
  }

  /// The library wants to see something thrown.
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed() {
      super("a call failed", null, false, false);
    }
  }
}
