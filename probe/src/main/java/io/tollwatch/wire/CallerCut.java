package io.tollwatch.wire;

import java.io.IOException;

/// Our own caller cut the body that is being streamed from it.
final class CallerCut extends IOException {

  private static final long serialVersionUID = 1;

  CallerCut(Exception cause) {
    super("the caller cut its request", cause);
  }
}
