package io.tollwatch.proxy.config;

import java.net.InetAddress;
import java.util.List;

/// What all listeners have in common where no file says otherwise: loopback only.
final class ListenerDefaults {

  static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.1");
  static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "[::1]");

  private ListenerDefaults() {}
}
