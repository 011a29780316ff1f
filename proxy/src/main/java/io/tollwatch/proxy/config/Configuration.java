package io.tollwatch.proxy.config;

import io.tollwatch.document.SizeText;
import io.tollwatch.ledger.DataAccess;
import io.tollwatch.profile.Profiles;
import io.tollwatch.routing.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Everything that a sidecar is told, whole and valid. Immutable; runtime state never lives here.
///
/// @param data folder of the ledger, relative to the folder of the process; default
///   `./tollwatch-data`
/// @param dataAccess who may read that folder; default owner_only
/// @param egress the listener that services call
/// @param admin the listener of the admin API, metrics and health
/// @param drain how long SIGTERM lets running calls finish; default 20s, from 0s to 10m
/// @param captureLimit bytes of each body that are kept and judged; default 64KiB, from 4KiB to
///   1MiB
/// @param log the log lines for calls that did not end well
/// @param ledger how long what is recorded is kept
/// @param redaction what is masked besides what always is
/// @param reconcile how gateways are asked about payments in doubt, where a provider does not say
///   otherwise
/// @param events where the service is told what payments in doubt came to; default nowhere
/// @param webhooks the listener that gateways call; default none
/// @param exports reports that are made by the clock; at most 32
/// @param breakers when breakers open, and how they close again, where a provider does not say
///   otherwise
/// @param limits how many calls may be under way at one provider, where it does not say otherwise
/// @param profiles what is known about kinds of gateways: the shipped ones and the file's; at most
///   64 in a file
/// @param providers the gateways that can be called, by name: built-in ones and the file's; at most
///   256 in a file
/// @param incomplete the built-in providers that can't be called before the file gives them a url,
///   by name, each with the sentence that says so
/// @param channels ways to be paid that several providers serve, by name; at most 64
/// @param checks those that the sidecar runs by their schedules
public record Configuration(
    Path data,
    DataAccess dataAccess,
    EgressConfig egress,
    AdminConfig admin,
    Duration drain,
    SizeText captureLimit,
    LogConfig log,
    LedgerConfig ledger,
    RedactionConfig redaction,
    ReconcileConfig reconcile,
    Optional<EventsConfig> events,
    Optional<WebhooksConfig> webhooks,
    List<ExportConfig> exports,
    BreakerConfig breakers,
    LimitConfig limits,
    Profiles profiles,
    SortedMap<String, ProviderConfig> providers,
    SortedMap<String, String> incomplete,
    SortedMap<String, Channel> channels,
    ChecksConfig checks) {

  static final Path DEFAULT_DATA = Path.of("./tollwatch-data");
  static final Duration DEFAULT_DRAIN = Duration.ofSeconds(20);
  static final SizeText DEFAULT_CAPTURE_LIMIT = new SizeText(64 << 10);

  public Configuration {
    exports = List.copyOf(exports);
    providers = sorted(providers);
    incomplete = sorted(incomplete);
    channels = sorted(channels);
  }

  /// The configuration where there is no file: the built-in providers and all defaults.
  public static Configuration builtIn() {
    return BuiltInProviders.configuration();
  }

  /// The provider of a name, if it can be called.
  public Optional<ProviderConfig> provider(String name) {
    return Optional.ofNullable(providers.get(name));
  }

  /// The channel that a provider serves: one at most.
  public Optional<Channel> channelOf(String provider) {
    return channels.values().stream()
        .filter(channel -> channel.providers().contains(provider))
        .findFirst();
  }

  /// How that provider is asked about payments in doubt.
  public ReconcileConfig reconcileAt(ProviderConfig provider) {
    return provider.reconcile().orElse(reconcile);
  }

  /// When the breakers of a provider open, and how they close again.
  public BreakerConfig breaker(String provider) {
    return provider(provider).flatMap(ProviderConfig::breaker).orElse(breakers);
  }

  /// How many calls may be under way at a provider.
  public LimitConfig limits(String provider) {
    return provider(provider).flatMap(ProviderConfig::limits).orElse(limits);
  }

  /// The names of the providers that the file adds or changes.
  public Set<String> told() {
    Map<String, ProviderConfig> builtIn = builtIn().providers();
    return providers.values().stream()
        .filter(provider -> !provider.equals(builtIn.get(provider.name())))
        .map(ProviderConfig::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The same with another data folder.
  public Configuration withData(Path newData) {
    return new Configuration(
        newData,
        dataAccess,
        egress,
        admin,
        drain,
        captureLimit,
        log,
        ledger,
        redaction,
        reconcile,
        events,
        webhooks,
        exports,
        breakers,
        limits,
        profiles,
        providers,
        incomplete,
        channels,
        checks);
  }

  /// The same with other checks.
  Configuration withChecks(ChecksConfig other) {
    return new Configuration(
        data,
        dataAccess,
        egress,
        admin,
        drain,
        captureLimit,
        log,
        ledger,
        redaction,
        reconcile,
        events,
        webhooks,
        exports,
        breakers,
        limits,
        profiles,
        providers,
        incomplete,
        channels,
        other);
  }

  /// The same with another egress port, 0 for any free one.
  public Configuration withEgressPort(int port) {
    EgressConfig moved = egress.withPort(checked(port));
    return new Configuration(
        data,
        dataAccess,
        moved,
        admin,
        drain,
        captureLimit,
        log,
        ledger,
        redaction,
        reconcile,
        events,
        webhooks,
        exports,
        breakers,
        limits,
        profiles,
        providers,
        incomplete,
        channels,
        checks);
  }

  /// The same with another admin port, 0 for any free one.
  public Configuration withAdminPort(int port) {
    AdminConfig moved = admin.withPort(checked(port));
    return new Configuration(
        data,
        dataAccess,
        egress,
        moved,
        drain,
        captureLimit,
        log,
        ledger,
        redaction,
        reconcile,
        events,
        webhooks,
        exports,
        breakers,
        limits,
        profiles,
        providers,
        incomplete,
        channels,
        checks);
  }

  /// The same with another webhook port, 0 for any free one, where there is that listener.
  public Configuration withWebhookPort(int port) {
    Optional<WebhooksConfig> moved = webhooks.map(config -> config.withPort(checked(port)));
    return new Configuration(
        data,
        dataAccess,
        egress,
        admin,
        drain,
        captureLimit,
        log,
        ledger,
        redaction,
        reconcile,
        events,
        moved,
        exports,
        breakers,
        limits,
        profiles,
        providers,
        incomplete,
        channels,
        checks);
  }

  private static int checked(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port: " + port);
    }
    return port;
  }

  private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
