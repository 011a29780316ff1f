package io.tollwatch.attempt;

import java.util.Locale;

/// What kind of break ended an attempt without a complete answer. It describes; whether the request
/// may have been sent is said by [Progress] alone.
public enum Breakage {
  POOL_WAIT_TIMEOUT,
  DNS_FAILURE,
  CONNECT_REFUSED,
  CONNECT_TIMEOUT,
  NO_ROUTE,
  /// Our own machine had no address, port or file handle left.
  LOCAL_RESOURCE,
  /// The upstream HTTP proxy did not open the tunnel.
  EGRESS_PROXY,
  TLS_CERT_EXPIRED,
  TLS_UNTRUSTED_CHAIN,
  TLS_NAME_MISMATCH,
  /// The provider refused our client certificate, or wanted one.
  TLS_CLIENT_CERTIFICATE,
  /// No common protocol version or cipher, or the peer does not speak TLS.
  TLS_HANDSHAKE,
  TLS_TIMEOUT,
  WRITE_RESET,
  WRITE_TIMEOUT,
  /// A reused connection ended before the first byte of the answer: usually the keep-alive race,
  /// yet nothing proves it.
  IDLE_CLOSE_RACE,
  RESPONSE_TIMEOUT,
  RESPONSE_RESET,
  /// The total timeout ran out.
  DEADLINE,
  TRUNCATED_BODY,
  BODY_TIMEOUT,
  /// What came is not HTTP/1.
  PROTOCOL_ERROR,
  /// Our own caller cut its request, or went away.
  CLIENT_ABORT,
  /// Tollwatch was stopped while the call ran.
  SHUTDOWN;

  /// The word as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
