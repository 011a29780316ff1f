package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.reconcile.Pace;
import java.time.Duration;
import java.util.List;

/// Whether and how a gateway is asked what became of payments in doubt. Immutable.
///
/// @param enabled whether it is asked, where there are credentials to ask with; default true
/// @param firstDelay from the end of the request to the first look; default 30s, from 100ms to 1h
/// @param maxInterval longest time between two looks at one payment; default 1h, from 1s to 24h
/// @param maxLooks how many answered looks one payment gets; default 30, from 1 to 1000
/// @param perMinute the most looks a minute at one provider; default 60, from 1 to 3000
/// @param cancel whether a payment that can't be found out about is cancelled at the gateway;
///   default false
/// @param cancelAfter from the end of the request to the cancel; default 15m, from 1s to 30d
/// @param headers fields with credentials for asking, where callers bring their own; default none
public record ReconcileConfig(
    boolean enabled,
    Duration firstDelay,
    Duration maxInterval,
    int maxLooks,
    int perMinute,
    boolean cancel,
    Duration cancelAfter,
    List<SecretHeader> headers) {

  private static final ReconcileConfig DEFAULTS =
      new ReconcileConfig(
          true,
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          30,
          60,
          false,
          Duration.ofMinutes(15),
          List.of());

  public ReconcileConfig {
    headers = List.copyOf(headers);
  }

  /// The settings where no file says otherwise.
  public static ReconcileConfig defaults() {
    return DEFAULTS;
  }

  static ReconcileConfig bind(
      Section section, ReconcileConfig otherwise, List<SecretHeader> headers) {
    return new ReconcileConfig(
        section.flag("enabled", otherwise.enabled),
        section.duration("first-delay", otherwise.firstDelay),
        section.duration("max-interval", otherwise.maxInterval),
        section.integer("max-looks", otherwise.maxLooks),
        section.integer("per-minute", otherwise.perMinute),
        section.flag("cancel", otherwise.cancel),
        section.duration("cancel-after", otherwise.cancelAfter),
        headers);
  }

  /// How often it is asked.
  public Pace pace() {
    return new Pace(firstDelay, maxInterval, maxLooks, perMinute / 60.0, cancelAfter);
  }
}
