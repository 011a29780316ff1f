package io.tollwatch.proxy;

import io.tollwatch.ledger.store.ClaimsUnanswered;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.profile.Profile;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.LedgerClaims;
import io.tollwatch.routing.SharedClaims;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// What this sidecar shares with others of its channels: claims of payments in the database that
/// all have. Takes back, beside the calls, what was claimed and not sent, and forgets what
/// succeeded once a repeat could not be told from a new payment any more. Thread-safe.
final class SharedPayments implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(SharedPayments.class.getName());

  /// How long payments that succeeded are known at least, and where the profile does not say how
  /// long the gateway knows their keys.
  static final Duration AT_LEAST = Duration.ofHours(24);

  static final Duration UNKNOWN = Duration.ofDays(31);

  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tollwatch-claims").daemon().factory());

  private final Store store;
  private final Optional<LedgerClaims> claims;
  private final InstantSource clock;
  private volatile Map<String, Duration> windows = Map.of();

  /// @param shared whether the store is one that other sidecars can have too
  /// @param fingerprint of the key that all of them must have
  SharedPayments(
      Store store, boolean shared, String fingerprint, InstantSource clock, LongSupplier nanos) {
    this.store = store;
    this.claims =
        shared
            ? Optional.of(new LedgerClaims(store.claims(), fingerprint, nanos))
            : Optional.empty();
    this.clock = clock;
  }

  SharedClaims claims() {
    return claims.<SharedClaims>map(it -> it).orElseGet(SharedClaims::none);
  }

  /// Takes the channels anew.
  void apply(Configuration configuration) {
    windows =
        configuration.channels().values().stream()
            .filter(channel -> channel.sharing().claims())
            .collect(
                Collectors.toUnmodifiableMap(
                    Channel::name, channel -> window(configuration, channel)));
    store.share(windows.keySet());
  }

  private static Duration window(Configuration configuration, Channel channel) {
    Duration lives =
        configuration
            .provider(channel.first())
            .map(ProviderConfig::profile)
            .map(configuration.profiles()::byName)
            .map(Profile::idempotency)
            .map(known -> known.lives().orElse(UNKNOWN))
            .orElse(UNKNOWN);
    return lives.compareTo(AT_LEAST) > 0 ? lives : AT_LEAST;
  }

  void start() {
    if (claims.isPresent()) {
      var _ = rounds.scheduleWithFixedDelay(claims.get()::tend, 1, 1, TimeUnit.SECONDS);
      var _ = rounds.scheduleWithFixedDelay(this::forget, 2, 10, TimeUnit.MINUTES);
    }
  }

  private void forget() {
    try {
      for (var each : windows.entrySet()) {
        int _ = store.claims().forget(each.getKey(), clock.instant().minus(each.getValue()));
      }
    } catch (ClaimsUnanswered e) {
      LOG.log(Level.DEBUG, "claims can't be forgotten now: {0}", e.getMessage());
    }
  }

  /// What keeps payments of shared channels from being claimed; empty if nothing does.
  Optional<String> trouble() {
    return windows.isEmpty()
        ? Optional.empty()
        : claims
            .flatMap(LedgerClaims::trouble)
            .map(reason -> "payments of shared channels are not claimed: " + reason);
  }

  /// How many claims could not be confirmed.
  long unconfirmed() {
    return claims.map(LedgerClaims::unconfirmed).orElse(0L);
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }
}
