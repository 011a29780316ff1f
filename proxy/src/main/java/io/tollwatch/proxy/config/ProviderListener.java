package io.tollwatch.proxy.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// A listener of one provider's own, whose paths have no prefix. Immutable.
///
/// @param address IP address to listen on; default 127.0.0.1
/// @param port 0 for any free one; required, from 0 to 65535
/// @param tls whether it speaks TLS, with a certificate of the local authority; default false
/// @param hosts Host names that requests may carry, without port, and the certificate's names;
///   default localhost, 127.0.0.1 and [::1], from 1 to 64 names
/// @param allowFrom addresses that may call, any where it is empty; default empty, at most 256
/// @param requireClientCertificate authorities that sign callers' certificates, none is asked for
///   where it is empty; default empty, needs `tls`
public record ProviderListener(
    InetAddress address,
    int port,
    boolean tls,
    List<String> hosts,
    List<AddressRange> allowFrom,
    Optional<TrustAnchors> requireClientCertificate) {

  public ProviderListener {
    hosts = List.copyOf(hosts);
    allowFrom = List.copyOf(allowFrom);
  }

  /// A plain listener on loopback.
  public static ProviderListener onPort(int port) {
    return new ProviderListener(
        ListenerDefaults.ADDRESS, port, false, ListenerDefaults.HOSTS, List.of(), Optional.empty());
  }
}
