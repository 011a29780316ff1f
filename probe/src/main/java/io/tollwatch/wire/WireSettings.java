package io.tollwatch.wire;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// How one provider is connected to. Immutable.
///
/// @param upstreamProxy an HTTP proxy that opens a tunnel with CONNECT
/// @param tls trust and client certificate; unused on plain connections
/// @param poolSize connections at the same time, at least 1
/// @param keepAlive how long an idle connection is kept at most
public record WireSettings(
    Endpoint endpoint,
    Optional<Endpoint> upstreamProxy,
    SSLContext tls,
    Limits limits,
    int poolSize,
    Duration keepAlive) {

  /// How long things may take.
  ///
  /// @param pool waiting for a pooled connection
  /// @param connect resolving the name, and connecting to each address
  /// @param tls the handshake
  /// @param response the longest silence while the provider has to move: taking the request,
  ///   waiting for the first byte of its answer, between two reads of its answer
  /// @param total the whole attempt
  public record Limits(
      Duration pool, Duration connect, Duration tls, Duration response, Duration total) {}
}
