package io.tollwatch.proxy;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/// Opens Helidon's listeners. Each is a server of its own, so that a port that can't be had is
/// named.
final class Listeners {

  /// Connections of scrapers, browsers and commands. Without a bound they could take the files that
  /// payments need.
  private static final int OPERATORS = 128;

  private Listeners() {}

  /// What came of opening one.
  sealed interface Opening {
    /// It listens.
    record Open(StandingServer server, InetSocketAddress address) implements Opening {}

    /// It does not.
    ///
    /// @param reason one sentence for people
    record Refused(String reason) implements Opening {}
  }

  /// Opens one.
  static Opening forRoutes(
      String name, InetSocketAddress address, Consumer<HttpRouting.Builder> routes) {
    return open(
        name,
        address,
        builder -> builder.routing(routes).maxPayloadSize(64 * 1024).maxTcpConnections(OPERATORS));
  }

  /// Opens one for strangers: what they may take is bounded.
  ///
  /// @param maxBody of a request, in bytes
  static Opening forRoutes(
      String name,
      InetSocketAddress address,
      int maxBody,
      int maxConnections,
      Consumer<HttpRouting.Builder> routes) {
    return open(
        name,
        address,
        builder ->
            builder
                .routing(routes)
                .maxPayloadSize(maxBody)
                .maxTcpConnections(maxConnections)
                .idleConnectionTimeout(Duration.ofSeconds(30))
                .idleConnectionPeriod(Duration.ofSeconds(15)));
  }

  private static Opening open(
      String name, InetSocketAddress address, Consumer<WebServerConfig.Builder> more) {
    WebServer server = server(address, more);
    try {
      server.start();
    } catch (RuntimeException e) {
      return new Opening.Refused(reason(name, address, e));
    }
    if (!server.isRunning()) {
      return new Opening.Refused(whyNot(name, address));
    }
    InetSocketAddress bound = new InetSocketAddress(address.getAddress(), server.port());
    return new Opening.Open(
        StandingServer.watching(name, server, bound, () -> server(bound, more)), bound);
  }

  private static WebServer server(
      InetSocketAddress address, Consumer<WebServerConfig.Builder> more) {
    WebServerConfig.Builder builder =
        WebServer.builder()
            .address(address.getAddress())
            .host(address.getAddress().getHostAddress())
            .port(address.getPort())
            .featuresDiscoverServices(false)
            // byte sockets: a thread each, virtual, and cheaper than their channels
            .useNio(false)
            // a streamed answer's head and body are written apart: the second would wait for the
            // caller's delayed acknowledgement of the first, some 40 ms
            .connectionOptions(options -> options.tcpNoDelay(true))
            .shutdownHook(false);
    more.accept(builder);
    return builder.build();
  }

  /// Helidon logs why a listener can't be opened, and says nothing: the system is asked once more.
  private static String whyNot(String name, InetSocketAddress address) {
    try (ServerSocketChannel probe = ServerSocketChannel.open()) {
      probe.bind(address);
      return "the %s listener can't have %s".formatted(name, shown(address));
    } catch (IOException e) {
      return reason(name, address, e);
    }
  }

  /// Why a listener can't be opened: one sentence for people.
  static String reason(String name, InetSocketAddress address, Throwable trouble) {
    String where = shown(address);
    for (Throwable t = trouble; t != null; t = t.getCause()) {
      if (t instanceof BindException bind) {
        boolean used = String.valueOf(bind.getMessage()).contains("in use");
        return used
            ? "%s is in use by another program: stop that, or choose another %s port"
                .formatted(where, name)
            : "the %s listener can't have %s: %s".formatted(name, where, bind.getMessage());
      }
    }
    return "the %s listener can't have %s: %s".formatted(name, where, trouble.getMessage());
  }

  private static String shown(InetSocketAddress address) {
    return shown(address.getAddress()) + ":" + address.getPort();
  }

  static String shown(InetAddress address) {
    String text = address.getHostAddress();
    return text.indexOf(':') >= 0 ? "[" + text + "]" : text;
  }
}
