package io.tollwatch.proxy.config;

import java.net.InetAddress;
import java.util.List;

/// The listener of the admin API, metrics and health. Immutable.
///
/// @param address IP address to listen on; default 127.0.0.1
/// @param port 0 for any free one; default 9402, from 0 to 65535
/// @param hosts Host names that requests may carry, without port; default localhost, 127.0.0.1 and
///   [::1], from 1 to 64 names
/// @param allowFrom addresses that may call, any where it is empty; default empty, at most 256
public record AdminConfig(
    InetAddress address, int port, List<String> hosts, List<AddressRange> allowFrom) {

  public AdminConfig {
    hosts = List.copyOf(hosts);
    allowFrom = List.copyOf(allowFrom);
  }

  /// The settings where no file says otherwise.
  public static AdminConfig defaults() {
    return new AdminConfig(ListenerDefaults.ADDRESS, 9402, ListenerDefaults.HOSTS, List.of());
  }

  AdminConfig withPort(int newPort) {
    return new AdminConfig(address, newPort, hosts, allowFrom);
  }
}
