package io.tollwatch.proxy.config;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/// The only certificate authorities to trust at one place. Immutable.
///
/// @param file the PEM file that they were read from
/// @param certificates at least one
public record TrustAnchors(Path file, List<X509Certificate> certificates) {
  public TrustAnchors {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
  }

  @Override
  public String toString() {
    return "TrustAnchors[" + file + ", " + certificates.size() + " certificates]";
  }
}
