package io.tollwatch.checks.plain;

import io.tollwatch.wire.Endpoint;
import io.tollwatch.wire.TlsContexts;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Where a provider is, and whom its calls trust. Immutable.
///
/// @param trust the only authorities to trust; empty for Java's
/// @param identity what is shown to a server that asks who we are
public record Site(
    Endpoint endpoint, List<X509Certificate> trust, Optional<TlsContexts.Identity> identity) {

  public Site {
    trust = List.copyOf(trust);
  }
}
