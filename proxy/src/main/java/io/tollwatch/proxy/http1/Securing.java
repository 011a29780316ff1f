package io.tollwatch.proxy.http1;

import java.io.IOException;
import java.net.Socket;

/// Lays TLS over an accepted connection. Thread-safe.
@FunctionalInterface
public interface Securing {

  /// The connection as its handler reads and writes it. Closing it closes the accepted one.
  ///
  /// @throws IOException if TLS can't be agreed upon
  Socket secure(Socket accepted) throws IOException;

  /// The connection as it is.
  static Securing none() {
    return accepted -> accepted;
  }
}
