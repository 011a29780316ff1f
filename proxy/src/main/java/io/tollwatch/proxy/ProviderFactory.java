package io.tollwatch.proxy;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.proxy.config.Duplicates;
import io.tollwatch.proxy.config.OnClientGone;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.redaction.Emails;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.redaction.Secrets;
import io.tollwatch.wire.Endpoint;
import io.tollwatch.wire.TlsContexts;
import io.tollwatch.wire.Watchdog;
import io.tollwatch.wire.Wire;
import io.tollwatch.wire.WireSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// Makes providers ready to be called from their configuration. Thread-safe.
final class ProviderFactory {

  private final Profiles profiles;
  private final Watchdog watchdog;
  private final LongSupplier nanos;
  private final Emails emails;

  ProviderFactory(Profiles profiles, Watchdog watchdog, LongSupplier nanos, Emails emails) {
    this.profiles = profiles;
    this.watchdog = watchdog;
    this.nanos = nanos;
    this.emails = emails;
  }

  Provider make(ProviderConfig config, int captureLimit) {
    Profile profile = profiles.byName(config.profile());
    Endpoint endpoint = endpoint(config.url());
    return new Provider(
        config.name(),
        profile,
        new Redactor(secrets(profile), captureLimit, emails),
        new Wire(settings(config, endpoint), watchdog, nanos, captureLimit),
        basePath(config.url()),
        endpoint.hostField(),
        injected(config),
        config.onClientGone() == OnClientGone.FINISH,
        config.duplicates() == Duplicates.REFUSE);
  }

  private static WireSettings settings(ProviderConfig config, Endpoint endpoint) {
    return new WireSettings(
        endpoint,
        config.upstreamProxy().map(ProviderFactory::endpoint),
        TlsContexts.of(
            config.trust().map(trust -> trust.certificates()).orElse(List.of()),
            config
                .clientCertificate()
                .map(own -> new TlsContexts.Identity(own.chain(), own.key()))),
        new WireSettings.Limits(
            config.poolTimeout(),
            config.connectTimeout(),
            config.tlsTimeout(),
            config.responseTimeout(),
            config.totalTimeout()),
        config.poolSize(),
        config.keepAlive());
  }

  /// A profile names secret fields by name, or by path where the name alone would hide too much.
  private static Secrets secrets(Profile profile) {
    Map<Boolean, Set<String>> byPath =
        profile.secrets().fields().stream()
            .collect(partitioningBy(field -> field.startsWith("$"), toUnmodifiableSet()));
    return new Secrets(
        byPath.getOrDefault(false, Set.of()),
        byPath.getOrDefault(true, Set.of()),
        profile.secrets().exempt(),
        profile.secrets().headers());
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
