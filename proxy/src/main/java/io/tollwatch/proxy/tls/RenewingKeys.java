package io.tollwatch.proxy.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Presents a listener's certificate and has it issued again in time, on the handshake that finds
/// it no longer fresh. Thread-safe.
///
/// A handshake asks for an alias first and then for its key and chain. An alias names one
/// certificate, and the one before the current is still known, so that a handshake never mixes two.
final class RenewingKeys extends X509ExtendedKeyManager {

  private final Function<Instant, ListenerCertificate> issue;
  private final InstantSource clock;
  private volatile Held held;

  private record Held(ListenerCertificate current, Optional<ListenerCertificate> previous) {}

  RenewingKeys(Function<Instant, ListenerCertificate> issue, InstantSource clock) {
    this.issue = issue;
    this.clock = clock;
    this.held = new Held(issue.apply(clock.instant()), Optional.empty());
  }

  private synchronized ListenerCertificate fresh() {
    Instant now = clock.instant();
    if (!held.current().freshAt(now)) {
      held = new Held(issue.apply(now), Optional.of(held.current()));
    }
    return held.current();
  }

  private Optional<ListenerCertificate> known(@Nullable String alias) {
    Held all = held;
    return Stream.concat(Stream.of(all.current()), all.previous().stream())
        .filter(certificate -> alias(certificate).equals(alias))
        .findFirst();
  }

  private static String alias(ListenerCertificate certificate) {
    return certificate.certificate().getSerialNumber().toString(16);
  }

  private @Nullable String choose(@Nullable String keyType) {
    return "EC".equals(keyType) ? alias(fresh()) : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      @Nullable String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(keyType);
  }

  @Override
  public @Nullable String chooseServerAlias(
      @Nullable String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyType);
  }

  @Override
  public String @Nullable [] getServerAliases(
      @Nullable String keyType, Principal @Nullable [] issuers) {
    String alias = choose(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
    return known(alias).map(c -> c.chain().toArray(X509Certificate[]::new)).orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
    return known(alias).map(ListenerCertificate::key).orElse(null);
  }

  /// Never: a listener is no client.
  @Override
  public @Nullable String chooseClientAlias(
      String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  /// None: a listener is no client.
  @Override
  public String @Nullable [] getClientAliases(
      @Nullable String keyType, Principal @Nullable [] issuers) {
    return null;
  }
}
