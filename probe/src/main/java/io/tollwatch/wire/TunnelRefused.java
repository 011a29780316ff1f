package io.tollwatch.wire;

import java.io.IOException;

/// The upstream proxy answered CONNECT with something else than success.
final class TunnelRefused extends IOException {

  private static final long serialVersionUID = 1;

  TunnelRefused(int status) {
    super("the upstream proxy answered CONNECT with " + status);
  }
}
