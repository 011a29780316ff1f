package io.tollwatch.health;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// When breakers open, and how they close again. Immutable.
///
/// @param opening when they open
/// @param slowness which calls are slow
/// @param closing how they close again
/// @param rails most card brands, wallets and banks of one operation that have a breaker of their
///   own; default 16, from 0 to 64
public record BreakerSettings(Opening opening, Slowness slowness, Closing closing, int rails) {

  /// When a breaker opens.
  ///
  /// @param window over which the shares are taken; default 10s, from 1s to 10m
  /// @param minCalls calls that the window must hold for a share to say something; default 50, from
  ///   5 to 10000. Below that few calls are judged by what follows
  /// @param failureRate percentage of failed calls; default 20, from 1 to 100
  /// @param slowRate percentage of slow calls; default 50, from 1 to 100
  /// @param failuresInARow how many of few calls; default 3, from 2 to 100
  /// @param longWindow how old the last of few calls may be to be remembered; default 6h, from 1m
  ///   to 7d
  public record Opening(
      Duration window,
      int minCalls,
      int failureRate,
      int slowRate,
      int failuresInARow,
      Duration longWindow) {}

  /// Which calls are slow.
  ///
  /// @param after in any case; default 20s, from 10ms to 1h
  /// @param multiple of the provider's own recent median, if that is more than a second; default
  ///   10, from 2 to 1000
  public record Slowness(Duration after, int multiple) {

    private static final Duration NEVER_SLOW = Duration.ofSeconds(1);

    /// From when on a call is slow. Reckoned in nanoseconds, since it is with each call, and a
    /// [Duration] is multiplied as a decimal fraction of any length.
    ///
    /// @param usual the provider's own recent median, where it is known; days at most
    Duration limit(Optional<Duration> usual) {
      if (usual.isEmpty()) {
        return after;
      }
      long limit = Math.max(NEVER_SLOW.toNanos(), usual.get().toNanos() * multiple);
      return limit < after.toNanos() ? Duration.ofNanos(limit) : after;
    }
  }

  /// How a breaker closes again.
  ///
  /// @param openTime how long it stays open the first time, doubled each time; default 10s, from
  ///   100ms to 1h
  /// @param maxOpenTime how long at most; default 10m, from 100ms to 24h
  /// @param forgiveAfter how long it must be closed for one earlier opening to be forgotten;
  ///   default 10m, from 1s to 7d
  /// @param probeLimit how long a live probe may take; default 30s, from 100ms to 1h
  /// @param checkInterval how often checks report where nobody said so; default 1m, from 1s to 24h
  /// @param ramp percentages of calls that go through, step by step, growing up to 100; default 5,
  ///   25, 50, 100
  /// @param stepCalls good calls of a step before the next; default 10, from 1 to 10000
  /// @param stepTime how long a step takes at least; default 10s, from 10ms to 1h
  /// @param stepLimit how long a step takes at most, with however few calls; default 2m, from 10ms
  ///   to 24h
  public record Closing(
      Duration openTime,
      Duration maxOpenTime,
      Duration forgiveAfter,
      Duration probeLimit,
      Duration checkInterval,
      List<Integer> ramp,
      int stepCalls,
      Duration stepTime,
      Duration stepLimit) {

    public Closing {
      ramp = List.copyOf(ramp);
      if (ramp.isEmpty() || ramp.getFirst() < 1 || ramp.getLast() != 100) {
        throw new IllegalArgumentException("ramp: " + ramp);
      }
    }
  }

  /// The settings where no file says otherwise.
  public static BreakerSettings defaults() {
    return new BreakerSettings(
        new Opening(Duration.ofSeconds(10), 50, 20, 50, 3, Duration.ofHours(6)),
        new Slowness(Duration.ofSeconds(20), 10),
        new Closing(
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            List.of(5, 25, 50, 100),
            10,
            Duration.ofSeconds(10),
            Duration.ofMinutes(2)),
        16);
  }
}
