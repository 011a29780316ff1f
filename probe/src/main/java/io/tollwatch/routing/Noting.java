package io.tollwatch.routing;

import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.health.Permit;
import io.tollwatch.health.Sign;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// A permit of health's whose result is written into the track record, too. Thread-safe.
final class Noting implements Permit {

  private final Permit permit;
  private final BreakerKey key;
  private final TrackRecord record;
  private final AtomicBoolean ended = new AtomicBoolean();

  Noting(Permit permit, BreakerKey key, TrackRecord record) {
    this.permit = permit;
    this.key = key;
    this.record = record;
  }

  @Override
  public void settle(Verdict verdict, Duration took) {
    if (ended.compareAndSet(false, true)) {
      record.note(key, Sign.of(verdict), took);
    }
    permit.settle(verdict, took);
  }

  @Override
  public void abandon() {
    ended.set(true);
    permit.abandon();
  }
}
