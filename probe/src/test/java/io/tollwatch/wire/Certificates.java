package io.tollwatch.wire;

import io.tollwatch.fixtures.tls.Identity;
import io.tollwatch.fixtures.tls.ThrowawayCa;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// The certificates that the tests of this package share.
final class Certificates {

  static final ThrowawayCa CA = ThrowawayCa.create("Gateway CA");
  static final Identity SERVER = CA.server();

  private Certificates() {}

  /// What the wire trusts, made as the product makes it.
  static SSLContext trusting() {
    return TlsContexts.of(List.of(CA.certificate()), Optional.empty());
  }

  /// The same with a certificate of our own.
  static SSLContext trustingAs(Identity client) {
    return TlsContexts.of(
        List.of(CA.certificate()),
        Optional.of(new TlsContexts.Identity(List.of(client.certificate()), client.key())));
  }

  static SSLContext server() {
    return SERVER.serverContext();
  }
}
