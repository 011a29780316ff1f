package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.health.BreakerSettings;
import java.time.Duration;
import java.util.List;

/// When breakers open, and how they close again. Immutable.
///
/// @param window over which the shares are taken; default 10s, from 1s to 10m
/// @param minCalls calls that the window must hold for a share to say something; default 50, from 5
///   to 10000
/// @param failureRate percentage of failed calls; default 20, from 1 to 100
/// @param slowRate percentage of slow calls; default 50, from 1 to 100
/// @param failuresInARow how many, where there are few calls; default 3, from 2 to 100
/// @param longWindow how old the last of few calls may be to be remembered; default 6h, from 1m to
///   7d
/// @param slowAfter when a call is slow in any case; default 20s, from 10ms to 1h
/// @param slowMultiple of the provider's own recent median, if that is more than a second; default
///   10, from 2 to 1000
/// @param openTime how long it stays open the first time, doubled each time; default 10s, from
///   100ms to 1h
/// @param maxOpenTime how long at most; default 10m, from 100ms to 24h
/// @param forgiveAfter how long it must be closed for an earlier opening to be forgotten; default
///   10m, from 1s to 7d
/// @param probeLimit how long a live probe may take; default 30s, from 100ms to 1h
/// @param checkInterval how often checks report where nobody said so; default 1m, from 1s to 24h
/// @param ramp percentages of calls that go through, growing to 100; default 5, 25, 50, 100
/// @param stepCalls good calls of a step before the next; default 10, from 1 to 10000
/// @param stepTime how long a step takes at least; default 10s, from 10ms to 1h
/// @param stepLimit how long a step takes at most; default 2m, from 10ms to 24h
/// @param rails most rails of one operation with a breaker of their own; default 16, from 0 to 64
public record BreakerConfig(
    Duration window,
    int minCalls,
    int failureRate,
    int slowRate,
    int failuresInARow,
    Duration longWindow,
    Duration slowAfter,
    int slowMultiple,
    Duration openTime,
    Duration maxOpenTime,
    Duration forgiveAfter,
    Duration probeLimit,
    Duration checkInterval,
    List<Integer> ramp,
    int stepCalls,
    Duration stepTime,
    Duration stepLimit,
    int rails) {

  public BreakerConfig {
    ramp = List.copyOf(ramp);
  }

  /// The settings where no file says otherwise.
  public static BreakerConfig defaults() {
    BreakerSettings defaults = BreakerSettings.defaults();
    BreakerSettings.Opening opening = defaults.opening();
    BreakerSettings.Closing closing = defaults.closing();
    return new BreakerConfig(
        opening.window(),
        opening.minCalls(),
        opening.failureRate(),
        opening.slowRate(),
        opening.failuresInARow(),
        opening.longWindow(),
        defaults.slowness().after(),
        defaults.slowness().multiple(),
        closing.openTime(),
        closing.maxOpenTime(),
        closing.forgiveAfter(),
        closing.probeLimit(),
        closing.checkInterval(),
        closing.ramp(),
        closing.stepCalls(),
        closing.stepTime(),
        closing.stepLimit(),
        defaults.rails());
  }

  /// Reads them.
  ///
  /// @param otherwise what counts where the section says nothing
  static BreakerConfig bind(Section section, BreakerConfig otherwise) {
    BreakerConfig bound =
        new BreakerConfig(
            section.duration("window", otherwise.window()),
            section.integer("min-calls", otherwise.minCalls()),
            section.integer("failure-rate", otherwise.failureRate()),
            section.integer("slow-rate", otherwise.slowRate()),
            section.integer("failures-in-a-row", otherwise.failuresInARow()),
            section.duration("long-window", otherwise.longWindow()),
            section.duration("slow-after", otherwise.slowAfter()),
            section.integer("slow-multiple", otherwise.slowMultiple()),
            section.duration("open-time", otherwise.openTime()),
            section.duration("max-open-time", otherwise.maxOpenTime()),
            section.duration("forgive-after", otherwise.forgiveAfter()),
            section.duration("probe-limit", otherwise.probeLimit()),
            section.duration("check-interval", otherwise.checkInterval()),
            Steps.read(section, "ramp", otherwise.ramp()),
            section.integer("step-calls", otherwise.stepCalls()),
            section.duration("step-time", otherwise.stepTime()),
            section.duration("step-limit", otherwise.stepLimit()),
            section.integer("rails", otherwise.rails()));
    if (bound.maxOpenTime().compareTo(bound.openTime()) < 0) {
      String key = section.has("max-open-time") ? "max-open-time" : "open-time";
      section.wrong(key, " leaves max-open-time below open-time", "make max-open-time longer");
    }
    if (bound.stepLimit().compareTo(bound.stepTime()) < 0) {
      String key = section.has("step-limit") ? "step-limit" : "step-time";
      section.wrong(key, " leaves step-limit below step-time", "make step-limit longer");
    }
    return bound;
  }

  /// What a breaker is made with.
  public BreakerSettings settings() {
    return new BreakerSettings(
        new BreakerSettings.Opening(
            window, minCalls, failureRate, slowRate, failuresInARow, longWindow),
        new BreakerSettings.Slowness(slowAfter, slowMultiple),
        new BreakerSettings.Closing(
            openTime,
            maxOpenTime,
            forgiveAfter,
            probeLimit,
            checkInterval,
            ramp,
            stepCalls,
            stepTime,
            stepLimit),
        rails);
  }
}
