package io.tollwatch.attempt;

import java.util.Optional;

/// The connection that an attempt went over. Immutable.
///
/// @param remoteAddress the peer's `address:port`; empty if no connection was made
/// @param reused whether it had carried a call before
/// @param tls empty on a plain connection, or if the handshake did not finish
public record ConnectionFacts(
    Optional<String> remoteAddress, boolean reused, Optional<TlsFacts> tls) {

  private static final ConnectionFacts NONE =
      new ConnectionFacts(Optional.empty(), false, Optional.empty());

  /// No connection was made.
  public static ConnectionFacts none() {
    return NONE;
  }
}
