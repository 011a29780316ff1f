package io.tollwatch.health;

import io.tollwatch.exchange.BreakerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which checks there are, and when each was heard of last: as long as one reports, no live call is
/// a probe (P7). Holds one entry for each breaker that checks report to. Thread-safe.
final class CheckReports {

  private static final int MISSED = 3;

  private final Map<BreakerKey, Heard> heard = new ConcurrentHashMap<>();

  private record Heard(Instant at, Duration interval) {}

  /// Takes note that a check was planned, or reported.
  void note(BreakerKey breaker, Instant at, Duration interval) {
    heard.merge(
        breaker,
        new Heard(at, interval),
        (known, now) -> now.at().isBefore(known.at()) ? known : now);
  }

  /// Takes note that a check reported, as often as it was said to.
  void reported(BreakerKey breaker, Instant at, Duration usual) {
    Heard known = heard.get(breaker);
    note(breaker, at, known == null ? usual : known.interval());
  }

  /// Whether a check decides of this breaker: one has been heard of within three intervals.
  boolean decide(BreakerKey breaker, Instant now) {
    Heard known = heard.get(breaker);
    return known != null && now.isBefore(known.at().plus(known.interval().multipliedBy(MISSED)));
  }
}
