package io.tollwatch.wire;

import java.net.SocketTimeoutException;

/// Says to HttpCore that nothing can be read without waiting, which it asks with each call: so it
/// has no stack trace, whose making took more time than the asking.
final class NothingWaits extends SocketTimeoutException {

  private static final long serialVersionUID = 1;

  NothingWaits() {
    super("nothing waits");
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
