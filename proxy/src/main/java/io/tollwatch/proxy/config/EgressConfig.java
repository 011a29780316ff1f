package io.tollwatch.proxy.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The listener that services call their gateways through. Immutable.
///
/// @param address IP address to listen on; default 127.0.0.1
/// @param port 0 for any free one; default 9400, from 0 to 65535
/// @param hosts Host names that requests may carry, without port; default localhost, 127.0.0.1 and
///   [::1], from 1 to 64 names
/// @param clientToken what callers must present to providers that require it; default none
/// @param allowFrom addresses that may call, any where it is empty; default empty, at most 256
/// @param maxHeaderBytes longest header section of a request; default 32768, from 1024 to 262144
/// @param maxTargetBytes longest request line; default 16384, from 1024 to 65536
/// @param maxConnections most client connections at one time; default 1024, from 1 to 65536
/// @param idleTimeout how long a client connection may stay idle; default 5m, from 1s to 1h
public record EgressConfig(
    InetAddress address,
    int port,
    List<String> hosts,
    Optional<Secret> clientToken,
    List<AddressRange> allowFrom,
    int maxHeaderBytes,
    int maxTargetBytes,
    int maxConnections,
    Duration idleTimeout) {

  public EgressConfig {
    hosts = List.copyOf(hosts);
    allowFrom = List.copyOf(allowFrom);
  }

  /// The settings where no file says otherwise.
  public static EgressConfig defaults() {
    return new EgressConfig(
        ListenerDefaults.ADDRESS,
        9400,
        ListenerDefaults.HOSTS,
        Optional.empty(),
        List.of(),
        32768,
        16384,
        1024,
        Duration.ofMinutes(5));
  }

  EgressConfig withPort(int newPort) {
    return new EgressConfig(
        address,
        newPort,
        hosts,
        clientToken,
        allowFrom,
        maxHeaderBytes,
        maxTargetBytes,
        maxConnections,
        idleTimeout);
  }
}
