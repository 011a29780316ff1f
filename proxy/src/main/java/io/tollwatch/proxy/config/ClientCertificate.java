package io.tollwatch.proxy.config;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A certificate that is presented to a provider, with the key that belongs to it. Immutable.
///
/// @param certificate the PEM file that the chain was read from
/// @param chain the certificate itself first, then its issuers as far as the file has them
/// @param key proven to belong to the first certificate
public record ClientCertificate(Path certificate, List<X509Certificate> chain, PrivateKey key) {
  public ClientCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
  }

  @Override
  public String toString() {
    return "ClientCertificate[" + certificate + ", key ***]";
  }
}
