package io.tollwatch.proxy;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.checks.plain.Site;
import io.tollwatch.checks.run.Gateway;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.proxy.config.Duplicates;
import io.tollwatch.proxy.config.OnClientGone;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.proxy.egress.OnDemand;
import io.tollwatch.redaction.Emails;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.redaction.Secrets;
import io.tollwatch.wire.Endpoint;
import io.tollwatch.wire.TlsContexts;
import io.tollwatch.wire.Watchdog;
import io.tollwatch.wire.Wire;
import io.tollwatch.wire.WireSettings;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Makes providers ready to be called from their configuration. Thread-safe.
final class ProviderFactory {

  private final Watchdog watchdog;
  private final LongSupplier nanos;
  private final Emails emails;

  /// A redactor remembers the names that it met: hundreds of providers with the same secrets would
  /// each remember the same. Bounded by the sets of secrets that were ever in force.
  private final Map<Redaction, Redactor> redactors = new ConcurrentHashMap<>();

  private record Redaction(Secrets secrets, int captureLimit) {}

  ProviderFactory(Watchdog watchdog, LongSupplier nanos, Emails emails) {
    this.watchdog = watchdog;
    this.nanos = nanos;
    this.emails = emails;
  }

  /// Makes one when it is first called: to read its profile takes a moment, and few of the built-in
  /// providers are ever called.
  OnDemand onDemand(
      ProviderConfig config, Profiles profiles, int captureLimit, Optional<String> channel) {
    return new OnDemand(
        () -> make(config, profiles.byName(config.profile()), captureLimit, channel));
  }

  private Provider make(
      ProviderConfig config, Profile profile, int captureLimit, Optional<String> channel) {
    Endpoint endpoint = endpoint(config.url());
    return new Provider(
        config.name(),
        profile,
        redactors.computeIfAbsent(
            new Redaction(profile.secrets().forRedaction(), captureLimit),
            same -> new Redactor(same.secrets(), same.captureLimit(), emails)),
        new Wire(settings(config, endpoint), watchdog, nanos, captureLimit),
        basePath(config.url()),
        endpoint.hostField(),
        injected(config),
        config.onClientGone() == OnClientGone.FINISH,
        config.duplicates() == Duplicates.REFUSE,
        channel);
  }

  /// Makes one as checks call it: each step goes by a way of its own, so that DNS, connect and TLS
  /// are really exercised.
  Gateway gateway(
      ProviderConfig config, Profiles profiles, int captureLimit, Optional<String> channel) {
    Provider provider = make(config, profiles.byName(config.profile()), captureLimit, channel);
    return gateway(config, provider, captureLimit);
  }

  /// As checks call an entry that live calls use too.
  Gateway gateway(ProviderConfig config, Provider provider, int captureLimit) {
    WireSettings settings = settings(config, endpoint(config.url()));
    return new Gateway(
        provider,
        limit -> new Wire(once(settings, limit), watchdog, nanos, captureLimit),
        new Site(settings.endpoint(), trust(config), identity(config)));
  }

  /// For one attempt, and no longer than that.
  private static WireSettings once(WireSettings usual, Duration limit) {
    WireSettings.Limits limits = usual.limits();
    return new WireSettings(
        usual.endpoint(),
        usual.upstreamProxy(),
        usual.tls(),
        new WireSettings.Limits(
            limits.pool(),
            limits.connect(),
            limits.tls(),
            limits.response(),
            limit.compareTo(limits.total()) < 0 ? limit : limits.total()),
        1,
        Duration.ZERO);
  }

  private static WireSettings settings(ProviderConfig config, Endpoint endpoint) {
    return new WireSettings(
        endpoint,
        config.upstreamProxy().map(ProviderFactory::endpoint),
        TlsContexts.of(trust(config), identity(config)),
        new WireSettings.Limits(
            config.poolTimeout(),
            config.connectTimeout(),
            config.tlsTimeout(),
            config.responseTimeout(),
            config.totalTimeout()),
        config.poolSize(),
        config.keepAlive());
  }

  private static List<X509Certificate> trust(ProviderConfig config) {
    return config.trust().map(trust -> trust.certificates()).orElse(List.of());
  }

  private static Optional<TlsContexts.Identity> identity(ProviderConfig config) {
    return config.clientCertificate().map(own -> new TlsContexts.Identity(own.chain(), own.key()));
  }

  private static Endpoint endpoint(URI url) {
    boolean tls = url.getScheme().equalsIgnoreCase("https");
    String host = url.getHost();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    return new Endpoint(bare, port, tls);
  }

  private static String basePath(URI url) {
    String path = Optional.ofNullable(url.getRawPath()).orElse("");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Fields injected(ProviderConfig config) {
    return new Fields(config.headers().stream().map(h -> new Field(h.name(), h.value())).toList());
  }
}
