package io.tollwatch.proxy.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A listener's certificate and key, which live in memory only. Immutable.
///
/// @param chain the listener's certificate, then its issuer's; the root is what clients have
/// @param key secret
public record ListenerCertificate(List<X509Certificate> chain, PrivateKey key) {

  /// The whole is this many times the share of life that must be left.
  private static final int FRESH_SHARE = 3;

  public ListenerCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
  }

  /// The listener's own certificate.
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /// Until when clients accept it.
  public Instant notAfter() {
    return certificate().getNotAfter().toInstant();
  }

  /// Whether it is valid now and at least a third of its life is left.
  public boolean freshAt(Instant now) {
    Instant notBefore = certificate().getNotBefore().toInstant();
    Duration life = Duration.between(notBefore, notAfter());
    Instant staleFrom = notAfter().minus(life.dividedBy(FRESH_SHARE));
    return !now.isBefore(notBefore) && now.isBefore(staleFrom);
  }

  /// Without the key.
  @Override
  public String toString() {
    return "ListenerCertificate["
        + certificate().getSerialNumber().toString(16)
        + ", until "
        + notAfter()
        + "]";
  }
}
