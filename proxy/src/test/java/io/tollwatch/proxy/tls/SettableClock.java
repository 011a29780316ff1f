package io.tollwatch.proxy.tls;

import java.time.Instant;
import java.time.InstantSource;

/// Wall time that stands still until it is set.
final class SettableClock implements InstantSource {

  private volatile Instant now;

  SettableClock(Instant now) {
    this.now = now;
  }

  void set(Instant instant) {
    now = instant;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
