package io.tollwatch.wire;

/// Where to connect. Immutable.
///
/// @param host a name, or an address literal without brackets
/// @param tls whether the connection is encrypted
public record Endpoint(String host, int port, boolean tls) {

  /// The value of the `Host` field: without the port where it is the scheme's default (RFC 9110,
  /// section 7.2).
  public String hostField() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  /// Whether the host is an address, so that there is nothing to resolve.
  boolean literal() {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
