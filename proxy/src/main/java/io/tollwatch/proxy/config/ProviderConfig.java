package io.tollwatch.proxy.config;

import io.tollwatch.calendar.MaintenanceWindow;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One gateway account or endpoint that can be called. Immutable.
///
/// @param name lower-case letters, digits and hyphens; the first part of the path on the egress
///   port
/// @param profile name of the profile; default the provider's own name where that is a built-in
///   profile, else `generic`
/// @param url base URL with an optional base path, http or https; required unless built in
/// @param note a sentence for operators; default none, at most 500 characters
/// @param connectTimeout longest time to connect, for each address; default 5s, from 10ms to 5m
/// @param tlsTimeout longest TLS handshake; default 5s, from 10ms to 5m
/// @param responseTimeout longest silence after the request was sent; default 90s, because the
///   gateways' libraries wait up to 80s, from 10ms to 1h
/// @param totalTimeout longest time for a whole attempt; default 5m, from 10ms to 24h
/// @param poolTimeout longest wait for a free pooled connection; default 2s, from 1ms to 5m
/// @param poolSize most connections at one time; default 64, from 1 to 4096
/// @param keepAlive longest idle time of a pooled connection; default 30s, from 0s (never reused)
///   to 1h
/// @param trust the only authorities to trust; default those of the Java runtime
/// @param clientCertificate what to present for mutual TLS; default none
/// @param upstreamProxy HTTP proxy to go through; default none
/// @param headers fields set from a secret; default none, at most 32
/// @param requireClientToken whether callers must present the client token; default true where the
///   egress listener has one, else false
/// @param onClientGone what happens when the caller goes away; default finish
/// @param duplicates what happens to a repeat of a payment; default forward
/// @param breaker when its breakers open, and how they close again; default as for all
/// @param limits how many calls may be under way; default as for all
/// @param listen a listener of its own; default none
/// @param reconcile how it is asked about payments in doubt; default as for all providers
/// @param maintenance when it said that it would not be there; default never, at most 32
/// @param webhookSecret under which its webhooks are signed; default none: they prove nothing
public record ProviderConfig(
    String name,
    String profile,
    URI url,
    Optional<String> note,
    Duration connectTimeout,
    Duration tlsTimeout,
    Duration responseTimeout,
    Duration totalTimeout,
    Duration poolTimeout,
    int poolSize,
    Duration keepAlive,
    Optional<TrustAnchors> trust,
    Optional<ClientCertificate> clientCertificate,
    Optional<URI> upstreamProxy,
    List<SecretHeader> headers,
    boolean requireClientToken,
    OnClientGone onClientGone,
    Duplicates duplicates,
    Optional<BreakerConfig> breaker,
    Optional<LimitConfig> limits,
    Optional<ProviderListener> listen,
    Optional<ReconcileConfig> reconcile,
    List<MaintenanceWindow> maintenance,
    Optional<Secret> webhookSecret) {

  public ProviderConfig {
    headers = List.copyOf(headers);
    maintenance = List.copyOf(maintenance);
  }

  /// A provider of the given name, profile and base URL, everything else as where no file says
  /// otherwise.
  public static ProviderConfig of(String name, String profile, URI url) {
    return new ProviderConfig(
        name,
        profile,
        url,
        Optional.empty(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(90),
        Duration.ofMinutes(5),
        Duration.ofSeconds(2),
        64,
        Duration.ofSeconds(30),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        OnClientGone.FINISH,
        Duplicates.FORWARD,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /// Whether there is something to call it with that is not a caller's.
  public boolean hasCredentials() {
    return !headers.isEmpty()
        || clientCertificate.isPresent()
        || reconcile.filter(own -> !own.headers().isEmpty()).isPresent();
  }
}
