package io.tollwatch.timing;

import java.util.Locale;

/// A part of an attempt's time, in the order in which a first call on a new connection sees them:
///
/// ```
/// blocked                    waiting for a pooled connection
///   dns                      resolving the provider's name
///   connect                  TCP, all addresses tried
///   tls                      handshake, certificate checks
/// send                       writing the request, to the last flush
/// wait                       from the last byte sent to the first byte of the answer
/// receive                    from the first byte of the answer to its last
/// client                     waiting for our own caller: its body, or its taking of the answer
/// ```
///
/// Exceptions to the order: a reused connection has no `dns`, `connect` or `tls`; with a streamed
/// body `client` alternates with `send`, with a streamed answer it alternates with `receive`. A
/// phase that did not happen is absent, never 0. Whatever time is in no phase is Tollwatch's own.
public enum Phase {
  BLOCKED,
  DNS,
  CONNECT,
  TLS,
  SEND,
  WAIT,
  RECEIVE,
  CLIENT;

  /// The word of the design, as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
